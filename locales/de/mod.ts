/** Deutsch. Sections that await their translation are said in English until then. */
import type { Catalogue } from "../catalogue.ts";
import { en } from "../en/mod.ts";
import { account } from "./account.ts";
import { admin } from "./admin.ts";
import { call } from "./call.ts";
import { common } from "./common.ts";
import { console } from "./console.ts";
import { conversation } from "./conversation.ts";
import { device } from "./device.ts";
import { errors } from "./errors.ts";

export const de: Catalogue = {
  ...en,
  account,
  admin,
  call,
  common,
  console,
  conversation,
  device,
  errors,
};
