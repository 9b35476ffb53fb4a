/** العربية. */
import type { Catalogue } from "../catalogue.ts";
import { account } from "./account.ts";
import { admin } from "./admin.ts";
import { call } from "./call.ts";
import { captions } from "./captions.ts";
import { common } from "./common.ts";
import { console } from "./console.ts";
import { conversation } from "./conversation.ts";
import { device } from "./device.ts";
import { equipment } from "./equipment.ts";
import { errors } from "./errors.ts";
import { files } from "./files.ts";
import { fixing } from "./fixing.ts";
import { network } from "./network.ts";
import { notifications } from "./notifications.ts";
import { show } from "./show.ts";
import { sound } from "./sound.ts";
import { trouble } from "./trouble.ts";

export const ar: Catalogue = {
  account,
  admin,
  call,
  captions,
  common,
  console,
  conversation,
  device,
  equipment,
  errors,
  files,
  fixing,
  network,
  notifications,
  show,
  sound,
  trouble,
};
