/**
 * The code of a call: its engine and its stage come together, when something rings, so that an idle
 * page stays small, and one failure and one "Try again" concern both.
 */
import type { ComponentType } from "preact";
import { type ReadonlySignal, signal } from "@preact/signals";
import type { LoadCall } from "../../client/call_session.ts";
import type { CallInProgressProps } from "./CallInProgress.tsx";

const loaded = signal<{ readonly component: ComponentType<CallInProgressProps> } | null>(null);

/** The stage of a call; null until {@link loadCall} has loaded it. */
export const callInProgress: ReadonlySignal<
  { readonly component: ComponentType<CallInProgressProps> } | null
> = loaded;

/** Loads both. */
export const loadCall: LoadCall = async () => {
  const [{ createCall }, { CallInProgress }] = await Promise.all([
    import("../../client/call/call_client.ts"),
    import("./CallInProgress.tsx"),
  ]);
  loaded.value = { component: CallInProgress };
  return createCall;
};
