/** Settings and secrets of the whole deployment. */
import { type ChatService, storedService } from "../protocol/service.ts";
import { settingKeys } from "./keys.ts";

/** A P-256 key pair by which push services recognise this server, base64url. */
export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** The policy on one Deno KV. */
export class PolicyStore {
  readonly #kv: Deno.Kv;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /** What is switched on for the whole deployment (M1); everything, until somebody says otherwise. */
  async chatService(): Promise<ChatService> {
    const { value } = await this.#kv.get<Partial<ChatService>>(settingKeys.chatService());
    return storedService(value);
  }

  /** Switches it. Every process watches this key, so it holds at once. */
  async setChatService(chatService: ChatService): Promise<void> {
    await this.#kv.set(settingKeys.chatService(), chatService);
  }

  /** The secret that signs media tickets: made once, the same for every process on this store. */
  async ticketSecret(make: () => string): Promise<string> {
    return await this.#made(settingKeys.ticketSecret(), () => Promise.resolve(make()));
  }

  /** The keys that sign pushes (RFC 8292), made as the ticket's secret is. */
  async vapidKeys(make: () => Promise<VapidKeys>): Promise<VapidKeys> {
    return await this.#made(settingKeys.vapidKeys(), make);
  }

  async #made<T>(key: Deno.KvKey, make: () => Promise<T>): Promise<T> {
    for (;;) {
      const { value } = await this.#kv.get<T>(key);
      if (value !== null) return value;
      const made = await make();
      await this.#kv.atomic().check({ key, versionstamp: null }).set(key, made).commit();
    }
  }
}
