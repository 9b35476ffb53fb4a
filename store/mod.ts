/** The stores of people, devices and settings, opened together. Sessions have their own. */
import { AttachmentStore } from "./attachments.ts";
import { AttemptStore } from "./attempts.ts";
import { DeviceStore } from "./devices.ts";
import { EnrollmentStore } from "./enrollments.ts";
import { StoreHealth } from "./health.ts";
import { PolicyStore } from "./policy.ts";
import { SetupStore } from "./setups.ts";
import { SignInStore } from "./sign_ins.ts";
import { TechnicianStore } from "./technicians.ts";

/** What routes and sign-in work with. */
export interface Stores {
  readonly technicians: TechnicianStore;
  readonly setups: SetupStore;
  readonly signIns: SignInStore;
  readonly attempts: AttemptStore;
  readonly devices: DeviceStore;
  readonly enrollments: EnrollmentStore;
  readonly policy: PolicyStore;
  readonly attachments: AttachmentStore;
  readonly health: StoreHealth;
}

/** All stores on one Deno KV. */
export function openStores(kv: Deno.Kv): Stores {
  return {
    technicians: new TechnicianStore(kv),
    setups: new SetupStore(kv),
    signIns: new SignInStore(kv),
    attempts: new AttemptStore(kv),
    devices: new DeviceStore(kv),
    enrollments: new EnrollmentStore(kv),
    policy: new PolicyStore(kv),
    attachments: new AttachmentStore(kv),
    health: new StoreHealth(kv),
  };
}
