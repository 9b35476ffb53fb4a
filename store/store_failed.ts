/** How a store says that its database failed, as against a fault of the program. */
import { SaidFailure } from "../log/said.ts";

/**
 * The database did not do what it was asked, or its answer was lost: whether anything was written is
 * not known. Why was logged where it began.
 */
export class StoreFailed extends SaidFailure {
  override readonly name: string = "StoreFailed";

  constructor(message = "the database failed", options?: ErrorOptions) {
    super(message, options);
  }
}
