import { useSignal } from "@preact/signals";
import { cleanText } from "../../protocol/text.ts";
import type { ConsoleModel } from "../../client/console_model.ts";
import type { OpenSession } from "../../client/open_session.ts";
import { CallTimer } from "../call/CallTimer.tsx";
import { summary } from "../conversation/summary.ts";
import { DismissButton } from "../DismissButton.tsx";
import { Icon } from "../Icon.tsx";
import { IncomingStrip } from "./IncomingStrip.tsx";
import { Answers } from "./SentNotifications.tsx";
import { useSay, useSpeaker } from "../words.tsx";

/** Everything that asks for attention in sessions that are not on the screen. */
export function Elsewhere({ model }: { readonly model: ConsoleModel }) {
  const say = useSay();
  const calls = (session: OpenSession) => model.place(session).kind === "none" ? 1 : 0;
  const hidden = [...model.live.sessions.value.values()]
    .filter((session) => session.record.value.view.device.id !== model.open.value)
    .sort((a, b) => calls(a) - calls(b));
  return (
    <aside class="elsewhere" aria-label={say("console.otherSessions")}>
      {hidden.map((session) => <Asking key={session.id} model={model} session={session} />)}
      <Answers model={model} />
    </aside>
  );
}

function Asking({ model, session }: {
  readonly model: ConsoleModel;
  readonly session: OpenSession;
}) {
  const place = model.place(session);
  const { device } = session.record.value.view;
  if (place.kind === "incoming") {
    return <IncomingStrip model={model} session={session} offers={model.offers(device.id)} />;
  }
  const talking = place.kind === "here" && model.talk.call.session.value === session.id;
  return (
    <>
      {talking ? <CallBar model={model} session={session} since={place.call.since} /> : null}
      <UnreadPopup model={model} session={session} />
    </>
  );
}

/** The call goes on while another conversation, or the list, is on the screen. */
function CallBar({ model, session, since }: {
  readonly model: ConsoleModel;
  readonly session: OpenSession;
  readonly since: number;
}) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const { device } = session.record.value.view;
  return (
    <div class="call-bar">
      <p>
        {speaker.pieces("console.inCallWith", {
          device: <bdi>{device.name}</bdi>,
          time: <CallTimer since={since} now={() => model.live.now()} />,
        })}
      </p>
      <button type="button" class="button" onClick={() => model.show(device.id)}>
        {say("console.return")}
      </button>
      <button
        type="button"
        class="button button-danger"
        onClick={() => void model.talk.hangUp(session.id)}
      >
        <Icon name="hangUp" /> {say("call.hangUp")}
      </button>
    </div>
  );
}

/** The newest unread text of a session that is not on the screen, with a place to answer it. */
function UnreadPopup({ model, session }: {
  readonly model: ConsoleModel;
  readonly session: OpenSession;
}) {
  const say = useSay();
  const dismissed = useSignal(0);
  const { view, log } = session.record.value;
  const newest = log.findLast((message) => message.from === "device");
  if (session.unread.value === 0 || newest === undefined || newest.seq <= dismissed.value) {
    return null;
  }
  return (
    <div
      class="popup"
      role="group"
      aria-label={say("console.newMessageFrom", { device: view.device.name })}
    >
      <header class="popup-head">
        <button type="button" class="popup-open" onClick={() => model.show(view.device.id)}>
          {session.unread.value > 1
            ? say("console.nameAndNew", {
              device: view.device.name,
              count: session.unread.value,
            })
            : view.device.name}
        </button>
        <DismissButton onDismiss={() => dismissed.value = newest.seq} />
      </header>
      <p class="popup-text" dir="auto" aria-live="polite">{summary(say, newest)}</p>
      <QuickReply session={session} seq={newest.seq} />
    </div>
  );
}

/** Answering is reading: the person saw the text they answer. */
function QuickReply({ session, seq }: { readonly session: OpenSession; readonly seq: number }) {
  const say = useSay();
  const text = useSignal("");
  const { name } = session.record.value.view.device;
  return (
    <form
      class="popup-reply"
      onSubmit={(event) => {
        event.preventDefault();
        const clean = cleanText(text.peek());
        if (!clean.ok) return;
        session.sender.add(clean.value);
        session.readTo(seq);
        text.value = "";
      }}
    >
      <input
        aria-label={say("console.replyTo", { device: name })}
        placeholder={say("console.reply")}
        dir="auto"
        value={text}
        onInput={(event) => text.value = event.currentTarget.value}
      />
      <button type="submit" class="button" disabled={!cleanText(text.value).ok}>
        {say("console.reply")}
      </button>
    </form>
  );
}
