import type { errors as english } from "../en/errors.ts";
import type { Translated } from "../message.ts";

export const errors: Translated<typeof english> = {
  bad_frame:
    "Der Server konnte diese Anfrage nicht lesen. Laden Sie die Seite neu und versuchen Sie es noch einmal.",
  frame_too_large: "Diese Anfrage ist zu groß.",
  rate_limited:
    "Zu viele Anfragen auf einmal. Warten Sie einen Moment und versuchen Sie es noch einmal.",
  not_ready: "Die Verbindung ist noch nicht bereit.",
  forbidden: "Das dürfen Sie nicht.",
  busy: "Der Server ist ausgelastet. Versuchen Sie es gleich noch einmal.",
  internal: "Auf dem Server ist etwas schiefgegangen. Versuchen Sie es noch einmal.",
  unknown_device: "Dieses Gerät gibt es nicht.",
  session_ended: "Die Sitzung ist beendet.",
  device_in_session: "Dieses Gerät hat schon eine Sitzung.",
  device_not_installed: "Live Support ist auf diesem Gerät noch nicht eingerichtet.",
  service_disabled: "Live Support ist für dieses Gerät ausgeschaltet.",
  text_off: "Text ist ausgeschaltet.",
  voice_off: "Anrufe mit Ton sind ausgeschaltet.",
  video_off: "Video ist ausgeschaltet.",
  calls_unavailable: "Anrufe sind gerade nicht möglich. Schreiben geht.",
  already_answered: "Diese Sitzung wurde schon angenommen.",
  not_answered: "Nehmen Sie zuerst die Sitzung an.",
  session_ringing: "Das Gerät klingelt noch.",
  not_ringing: "Nichts klingelt.",
  no_call: "Es gibt keinen Anruf.",
  in_call: "Das muss warten, bis der Anruf vorbei ist.",
  text_empty: "Eine Nachricht braucht etwas Text.",
  text_too_long: "Eine Nachricht darf höchstens 4.000 Zeichen haben.",
  out_of_order: "Diese Nachricht kam in falscher Reihenfolge an; senden Sie sie noch einmal.",
  files_off: "Das Senden von Dateien ist ausgeschaltet.",
  file_empty: "Diese Datei ist leer.",
  file_too_large: "Diese Datei ist zu groß.",
  files_full: "In dieser Sitzung ist kein Platz mehr für Dateien.",
  file_kind: "Dateien dieser Art sind hier nicht erlaubt.",
  file_type_mismatch: "Diese Datei ist nicht das, was ihr Name sagt.",
  file_moved: "Das Hochladen der Datei ist schon weiter. Fragen Sie, wie weit es ist.",
  unknown_file: "Diese Datei ist nicht mehr da. Hängen Sie sie noch einmal an.",
  bad_cursor: "Diese Nachricht gibt es noch nicht.",
  notification_done:
    "Diese Benachrichtigung wurde schon beantwortet, als gelesen markiert oder zurückgenommen.",
  too_many_notifications:
    "Es warten schon zu viele Benachrichtigungen. Nehmen Sie zuerst einige zurück oder blenden Sie sie aus.",
  bad_push_address: "Dieser Server sendet nicht an den Push-Dienst dieses Browsers.",
  push_off: "Dieser Browser ist nicht für Benachrichtigungen eingerichtet.",
  bad_ticket: "Die Berechtigung für diesen Anruf gilt nicht. Treten Sie dem Anruf wieder bei.",
  bad_request: "Der Anruf konnte so nicht aufgebaut werden. Treten Sie dem Anruf wieder bei.",

  not_signed_in: "Melden Sie sich zuerst an.",
  cross_site:
    "Diese Anfrage kam von einer anderen Website und wurde deshalb abgelehnt. Versuchen Sie es hier noch einmal.",
  wrong_credentials: "E-Mail-Adresse oder Passwort stimmen nicht.",
  too_many_attempts:
    "Zu viele Anmeldeversuche. Warten Sie eine Weile und versuchen Sie es dann noch einmal.",
  email_taken: "Mit dieser E-Mail-Adresse meldet sich schon jemand an.",
  link_used: "Dieser Link wurde schon benutzt oder ist abgelaufen. Bitten Sie um einen neuen.",
  bad_name: "Geben Sie einen Namen mit höchstens 80 Zeichen ein.",
  bad_email: "Geben Sie eine E-Mail-Adresse ein, zum Beispiel name@example.org.",
  bad_password: "Nehmen Sie ein Passwort mit mindestens 10 Zeichen.",
  bad_json:
    "Der Server konnte diese Anfrage nicht lesen. Laden Sie die Seite neu und versuchen Sie es noch einmal.",
  body_too_large: "Diese Anfrage ist zu groß.",
  not_found: "Unter dieser Adresse gibt es nichts.",
  bad_method: "Diese Adresse nimmt Anfragen dieser Art nicht an.",
  bad_range: "Dieser Teil ist nicht in der Datei.",
  not_a_page:
    "Diese Adresse ist für die eigenen Verbindungen von Live Support. Es gibt hier nichts zu sehen.",
};
