import { useLayoutEffect, useRef } from "preact/hooks";
import type { Enrollment } from "../../client/api.ts";
import type { ConsoleModel } from "../../client/console_model.ts";
import { moment } from "../../client/format.ts";
import { CopyButton } from "../CopyButton.tsx";
import { Icon } from "../Icon.tsx";
import { useSpeaker } from "../words.tsx";

/** Props of {@link EnrollmentView}. */
export interface EnrollmentViewProps {
  readonly model: ConsoleModel;
  readonly enrollment: Enrollment;
  readonly onClose: () => void;
}

/** How to bind a device; says so once the device is there. */
export function EnrollmentView({ model, enrollment, onClose }: EnrollmentViewProps) {
  const { device: { id, name }, link, qr, expiresAt, localOnly } = enrollment;
  const speaker = useSpeaker();
  const { say } = speaker;
  const view = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => view.current?.focus(), []);
  const reachable = model.row(id)?.reachable === true;
  const away = useRef(false);
  away.current ||= !reachable;
  const done = away.current && reachable;
  return (
    <div class="stack" ref={view} tabIndex={-1}>
      {done ? null : (
        <>
          <p>{say("console.scan", { device: name, time: moment(speaker, expiresAt) })}</p>
          {localOnly ? <p class="notice">{say("console.thisComputerOnly")}</p> : null}
          <img
            class="enroll-code"
            src={`data:image/svg+xml,${encodeURIComponent(qr)}`}
            alt={say("console.qrCode")}
            width={220}
            height={220}
          />
          <p class="enroll-address">
            <a href={link} aria-label={say("console.enrollmentLink")}>{link}</a>
          </p>
        </>
      )}
      <p aria-live="polite" class={done ? "notice enroll-done" : "visually-hidden"}>
        {done ? <Icon name="check" /> : null}
        {done ? <span>{say("console.enrolled", { device: name })}</span> : null}
      </p>
      <div class="modal-actions">
        {done ? null : <CopyButton text={link} />}
        <button type="button" class="button button-primary" onClick={onClose}>
          {say("common.done")}
        </button>
      </div>
    </div>
  );
}
