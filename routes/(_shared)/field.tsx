import type { InputHTMLAttributes } from "preact";

/** What a labelled text field takes. */
interface FieldProps {
  /** The form's name for it; also its id. */
  readonly name: string;
  readonly label: string;
  readonly type: "text" | "email" | "password";
  readonly autoComplete: InputHTMLAttributes["autoComplete"];
  readonly value?: string;
  /** What to know before typing. */
  readonly hint?: string;
  /** What is wrong with what was typed. */
  readonly error?: string;
  readonly minLength?: number;
  readonly maxLength: number;
  readonly autoFocus?: boolean;
}

/** A labelled text field with its hint and error, tied together for screen readers. */
export function Field({ name, label, hint, error, ...input }: FieldProps) {
  const described = [
    ...(hint === undefined ? [] : [`${name}-hint`]),
    ...(error === undefined ? [] : [`${name}-error`]),
  ];
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        required
        aria-invalid={error === undefined ? undefined : "true"}
        aria-describedby={described.length === 0 ? undefined : described.join(" ")}
        {...input}
      />
      {hint !== undefined && <p class="hint" id={`${name}-hint`}>{hint}</p>}
      {error !== undefined && <p class="field-error" id={`${name}-error`}>{error}</p>}
    </div>
  );
}
