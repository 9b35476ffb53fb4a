/** The commands about notifications outside of a session, and about the pushes that bring them (N1-N3). */
import * as v from "valibot";
import { IdSchema } from "./id.ts";
import { ULID } from "./notification.ts";
import { LanguageSchema, PushSubscriptionSchema } from "./push.ts";

/** As every command: its number, answered by `ack` or `rejected`. */
const command = { id: v.pipe(v.number(), v.safeInteger(), v.minValue(1)) };
/** What every command about one notification carries. */
const onNotification = { ...command, notification: v.pipe(v.string(), v.regex(ULID)) };
/** Bounded by the frame; what a text may be, text.ts says. */
const Text = v.string();

/** Schema of {@link NotificationCommand}; messages.ts has all the others. */
export const NotificationCommandSchema = v.variant("type", [
  /** The technician's page makes the id, so that sending twice is sending once. */
  v.strictObject({
    type: v.literal("notification.send"),
    ...onNotification,
    device: IdSchema,
    text: Text,
  }),
  /** The technician takes one back, or needs its answer no longer: it is erased. */
  v.strictObject({ type: v.literal("notification.dismiss"), ...onNotification }),
  /** A page of the device holds it. */
  v.strictObject({ type: v.literal("notification.received"), ...onNotification }),
  /** The device user marks it as read. */
  v.strictObject({ type: v.literal("notification.read"), ...onNotification }),
  v.strictObject({ type: v.literal("notification.answer"), ...onNotification, text: Text }),
  /** Asks for the key this browser has to subscribe with. Answered with `key`. */
  v.strictObject({ type: v.literal("push.key"), ...command }),
  /** Where this browser's push service takes messages for the device. */
  v.strictObject({
    type: v.literal("push.subscribe"),
    ...command,
    subscription: PushSubscriptionSchema,
    language: LanguageSchema,
  }),
  v.strictObject({ type: v.literal("push.unsubscribe"), ...command }),
  /** Sends this browser a test notification. Acknowledged once its push service took it. */
  v.strictObject({ type: v.literal("push.test"), ...command }),
]);

/** A command about notifications or pushes. */
export type NotificationCommand = v.InferOutput<typeof NotificationCommandSchema>;

/** Whether a command is about notifications or pushes. */
export function isNotificationCommand<T extends { readonly type: string }>(
  command: T,
): command is T & NotificationCommand {
  return command.type.startsWith("notification.") || command.type.startsWith("push.");
}
