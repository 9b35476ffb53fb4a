import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Answer, invite, listTeam, type Role, type TeamMember } from "../client/api.ts";
import { CopyButton } from "../components/CopyButton.tsx";
import { useSay, WithWords } from "../components/words.tsx";
import type { Words } from "../locales/speaker.ts";

/** Who can sign in, and links by which more people can. */
export default function Team({ words }: { readonly words: Words }) {
  const members = useSignal<Answer<readonly TeamMember[]> | null>(null);
  useEffect(() => {
    void listTeam().then((answer) => members.value = answer);
  }, []);
  return (
    <WithWords words={words}>
      <div class="stack">
        <Members answer={members.value} />
        <Invitation />
      </div>
    </WithWords>
  );
}

function Members({ answer }: { readonly answer: Answer<readonly TeamMember[]> | null }) {
  const say = useSay();
  if (answer === null) return <p class="hint">{say("common.loading")}</p>;
  if (!answer.ok) return <p class="field-error" role="alert">{say(answer.problem)}</p>;
  return (
    <ul class="team">
      {answer.data.map(({ id, name, email, role }) => (
        <li key={id} class="team-member">
          <span class="team-name" dir="auto">{name}</span>
          <span class="hint">{email}</span>
          <span class="hint">
            {say(role === "administrator" ? "admin.administrator" : "admin.technician")}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Invitation() {
  const say = useSay();
  const role = useSignal<Role>("technician");
  const answer = useSignal<Answer<{ link: string }> | null>(null);
  const busy = useSignal(false);
  const make = async () => {
    busy.value = true;
    answer.value = await invite(role.value);
    busy.value = false;
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <label class="field">
        <span>{say("admin.nextRole")}</span>
        <select
          value={role}
          onChange={(event) =>
            role.value = event.currentTarget.value === "administrator"
              ? "administrator"
              : "technician"}
        >
          <option value="technician">{say("admin.technicianRole")}</option>
          <option value="administrator">{say("admin.administratorRole")}</option>
        </select>
      </label>
      <div>
        <button type="submit" class="button" disabled={busy.value}>
          {say("admin.createInvitation")}
        </button>
      </div>
      {answer.value === null ? null : <InvitationLink answer={answer.value} />}
    </form>
  );
}

function InvitationLink({ answer }: { readonly answer: Answer<{ link: string }> }) {
  const say = useSay();
  if (!answer.ok) return <p class="field-error" role="alert">{say(answer.problem)}</p>;
  const { link } = answer.data;
  return (
    <div class="notice stack">
      <p>{say("admin.sendLink")}</p>
      <p class="enroll-address">
        <a href={link} aria-label={say("admin.invitationLink")}>{link}</a>
      </p>
      <div>
        <CopyButton text={link} />
      </div>
    </div>
  );
}
