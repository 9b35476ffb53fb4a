import { useEffect, useRef } from "preact/hooks";
import type { Enrollment } from "../../client/api.ts";
import type { ConsoleModel } from "../../client/console_model.ts";
import { moment } from "../../client/format.ts";
import { CopyButton } from "../CopyButton.tsx";
import { Icon } from "../Icon.tsx";

/** Props of {@link EnrollmentView}. */
export interface EnrollmentViewProps {
  readonly model: ConsoleModel;
  readonly enrollment: Enrollment;
  readonly onClose: () => void;
}

/** How to bind a device; says so once the device is there. */
export function EnrollmentView({ model, enrollment, onClose }: EnrollmentViewProps) {
  const { device: { id, name }, link, qr, expiresAt, hint } = enrollment;
  const view = useRef<HTMLDivElement>(null);
  useEffect(() => view.current?.focus(), []);
  const reachable = model.row(id)?.reachable === true;
  const away = useRef(false);
  away.current ||= !reachable;
  const done = away.current && reachable;
  return (
    <div class="stack" ref={view} tabIndex={-1}>
      {done ? null : (
        <>
          <p>
            Scan the code with {name}, or open the link on it. It works once, until{" "}
            {moment(expiresAt)}.
          </p>
          {hint === null ? null : <p class="notice">{hint}</p>}
          <img
            class="enroll-code"
            src={`data:image/svg+xml,${encodeURIComponent(qr)}`}
            alt="QR code of the enrollment link"
            width={220}
            height={220}
          />
          <p class="enroll-address">
            <a href={link} aria-label="Enrollment link">{link}</a>
          </p>
        </>
      )}
      <p aria-live="polite" class={done ? "notice enroll-done" : "visually-hidden"}>
        {done ? <Icon name="check" /> : null}
        {done ? <span>{name} is connected. You can start a session with it now.</span> : null}
      </p>
      <div class="modal-actions">
        {done ? null : <CopyButton text={link} />}
        <button type="button" class="button button-primary" onClick={onClose}>Done</button>
      </div>
    </div>
  );
}
