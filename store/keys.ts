/** Every key of the store, as a function: the one place that knows where what lies (design section 8). */

/** Keys of sessions and what belongs to them; all of it is gone after the end (S8). */
export const sessionKeys = {
  head: (session: string): Deno.KvKey => ["session", session],
  heads: (): Deno.KvKey => ["session"],
  /** Why a session ended, by its id's hash: only who had the session finds it (S8). */
  end: (hash: string): Deno.KvKey => ["session_end", hash],
  message: (session: string, seq: number): Deno.KvKey => ["message", session, seq],
  messages: (session: string): Deno.KvKey => ["message", session],
  allMessages: (): Deno.KvKey => ["message"],
  /** An upload: what is known of a file and how much of it is there. */
  attachment: (session: string, id: string): Deno.KvKey => ["attachment", session, id],
  attachments: (session: string): Deno.KvKey => ["attachment", session],
  allAttachments: (): Deno.KvKey => ["attachment"],
  /** Its bytes, piece by piece, `n` from 0. */
  attachmentPiece: (session: string, id: string, n: number): Deno.KvKey => [
    "attachment_piece",
    session,
    id,
    n,
  ],
  attachmentPieces: (session: string): Deno.KvKey => ["attachment_piece", session],
  allAttachmentPieces: (): Deno.KvKey => ["attachment_piece"],
  /** Changes with every new upload of a session, so that two at once cannot both take the last room. */
  attachmentRoom: (session: string): Deno.KvKey => ["attachment_room", session, "taken"],
  attachmentRooms: (session: string): Deno.KvKey => ["attachment_room", session],
  allAttachmentRooms: (): Deno.KvKey => ["attachment_room"],
  /** Device id to its one open session (S2). */
  ofDevice: (device: string): Deno.KvKey => ["device_session", device],
  ofDevices: (): Deno.KvKey => ["device_session"],
  /** Technician id and session id: the open sessions of one technician. */
  ofTechnician: (technician: string, session: string): Deno.KvKey => [
    "technician_session",
    technician,
    session,
  ],
  allOfTechnician: (technician: string): Deno.KvKey => ["technician_session", technician],
};

/** Keys of people, devices and how they prove who they are. */
export const peopleKeys = {
  technician: (id: string): Deno.KvKey => ["technician", id],
  technicians: (): Deno.KvKey => ["technician"],
  technicianByEmail: (email: string): Deno.KvKey => ["technician_email", email],
  /** A signed-in browser, by the hash of its token. */
  signIn: (tokenHash: string): Deno.KvKey => ["sign_in", tokenHash],
  signInAttempts: (who: string): Deno.KvKey => ["sign_in_attempts", who],
  /** A one-time link that creates a technician, by the hash of its token. */
  setup: (tokenHash: string): Deno.KvKey => ["setup", tokenHash],
  setups: (): Deno.KvKey => ["setup"],
  /** Present once the first administrator exists: no setup link makes another one. */
  firstAdministrator: (): Deno.KvKey => ["first_administrator"],
  device: (id: string): Deno.KvKey => ["device", id],
  devices: (): Deno.KvKey => ["device"],
  /** A browser bound to a device, by the hash of its token. */
  deviceToken: (tokenHash: string): Deno.KvKey => ["device_token", tokenHash],
  /** The same from the device's side, so that removing a device finds all of its browsers. */
  deviceTokenOf: (device: string, hash: string): Deno.KvKey => ["device_token_of", device, hash],
  deviceTokensOf: (device: string): Deno.KvKey => ["device_token_of", device],
  /** A one-time enrollment link, by the hash of its code. */
  enrollment: (codeHash: string): Deno.KvKey => ["enrollment", codeHash],
  /** The hash of a device's newest enrollment code: a new one takes the old one's place. */
  enrollmentOf: (device: string): Deno.KvKey => ["enrollment_of", device],
};

/** Keys of notifications outside of sessions and of where they are pushed to (N1-N3). */
export const notificationKeys = {
  /** A notification that waits on a device. */
  waiting: (device: string, id: string): Deno.KvKey => ["notification", device, id],
  waitingOn: (device: string): Deno.KvKey => ["notification", device],
  /** What became of it, for the technician who sent it. */
  sent: (technician: string, id: string): Deno.KvKey => ["sent_notification", technician, id],
  sentBy: (technician: string): Deno.KvKey => ["sent_notification", technician],
  /** Who sent a device a notification, as long as what became of it is kept. */
  sender: (device: string, id: string): Deno.KvKey => ["notification_sender", device, id],
  sendersTo: (device: string): Deno.KvKey => ["notification_sender", device],
  /** Doorbell: grows whenever something became of a notification of this technician. */
  sentBell: (technician: string): Deno.KvKey => ["sent_notification_bell", technician],
  /** Nobody holds this notification yet and no push brought it. */
  pushDue: (device: string, id: string): Deno.KvKey => ["push_due", device, id],
  pushesDueFor: (device: string): Deno.KvKey => ["push_due", device],
  pushesDue: (): Deno.KvKey => ["push_due"],
  /** A system notification with this tag may be on a screen of the device. */
  pushed: (device: string, tag: string): Deno.KvKey => ["pushed", device, tag],
  pushedTo: (device: string): Deno.KvKey => ["pushed", device],
  allPushed: (): Deno.KvKey => ["pushed"],
  /** The push subscription of one browser of a device, by the hash of its token. */
  subscription: (device: string, browser: string): Deno.KvKey => [
    "push_subscription",
    device,
    browser,
  ],
  subscriptionsOf: (device: string): Deno.KvKey => ["push_subscription", device],
  /** Whose subscription an endpoint is, by its hash: a browser that changes its device leaves none. */
  endpoint: (hash: string): Deno.KvKey => ["push_endpoint", hash],
};

/** Keys of settings and secrets of the whole deployment. */
export const settingKeys = {
  chatService: (): Deno.KvKey => ["policy", "chat_service"],
  /** Signs media tickets. */
  ticketSecret: (): Deno.KvKey => ["secret", "ticket"],
  /** Signs pushes (RFC 8292). */
  vapidKeys: (): Deno.KvKey => ["secret", "vapid"],
};

/** Keys of who is connected where. */
export const presenceKeys = {
  /** The lease of a running web process. */
  process: (process: string): Deno.KvKey => ["process", process],
  processes: (): Deno.KvKey => ["process"],
  /** A device with a page connected to that process. */
  presence: (process: string, device: string): Deno.KvKey => ["presence", process, device],
  ofProcess: (process: string): Deno.KvKey => ["presence", process],
  all: (): Deno.KvKey => ["presence"],
  /** Written to see whether that can be done. */
  health: (): Deno.KvKey => ["health"],
  /** Doorbell: grows whenever a row of the console's device list may have changed. */
  directory: (): Deno.KvKey => ["directory"],
};

/** Keys of the media nodes that registered. */
export const mediaNodeKeys = {
  /** The lease of a media node. */
  node: (node: string): Deno.KvKey => ["media_node", node],
  nodes: (): Deno.KvKey => ["media_node"],
};

/** Keys of what a KV Connect server was asked for; see kv_connect.ts. */
export const commitKeys = {
  /** That a commit was applied; says nothing of what it was. */
  note: (commit: string): Deno.KvKey => ["commit", commit],
};
