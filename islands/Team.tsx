import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Answer, invite, listTeam, type Role, type TeamMember } from "../client/api.ts";
import { CopyButton } from "../components/CopyButton.tsx";

/** Who can sign in, and links by which more people can. */
export default function Team() {
  const members = useSignal<Answer<readonly TeamMember[]> | null>(null);
  useEffect(() => {
    void listTeam().then((answer) => members.value = answer);
  }, []);
  return (
    <div class="stack">
      <Members answer={members.value} />
      <Invitation />
    </div>
  );
}

function Members({ answer }: { readonly answer: Answer<readonly TeamMember[]> | null }) {
  if (answer === null) return <p class="hint">Loading…</p>;
  if (!answer.ok) return <p class="field-error" role="alert">{answer.sentence}</p>;
  return (
    <ul class="team">
      {answer.data.map(({ id, name, email, role }) => (
        <li key={id} class="team-member">
          <span class="team-name" dir="auto">{name}</span>
          <span class="hint">{email}</span>
          <span class="hint">{role === "administrator" ? "Administrator" : "Technician"}</span>
        </li>
      ))}
    </ul>
  );
}

function Invitation() {
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
        <span>Role of the next person</span>
        <select
          value={role}
          onChange={(event) =>
            role.value = event.currentTarget.value === "administrator"
              ? "administrator"
              : "technician"}
        >
          <option value="technician">Technician: helps device users</option>
          <option value="administrator">Administrator: changes settings too</option>
        </select>
      </label>
      <div>
        <button type="submit" class="button" disabled={busy.value}>Create invitation link</button>
      </div>
      {answer.value === null ? null : <InvitationLink answer={answer.value} />}
    </form>
  );
}

function InvitationLink({ answer }: { readonly answer: Answer<{ link: string }> }) {
  if (!answer.ok) return <p class="field-error" role="alert">{answer.sentence}</p>;
  const { link } = answer.data;
  return (
    <div class="notice stack">
      <p>Send this link to one person; it works once.</p>
      <p class="enroll-address">
        <a href={link} aria-label="Invitation link">{link}</a>
      </p>
      <div>
        <CopyButton text={link} />
      </div>
    </div>
  );
}
