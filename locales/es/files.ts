import type { files as english } from "../en/files.ts";
import type { Translated } from "../message.ts";

export const files: Translated<typeof english> = {
  attach: "Adjuntar archivo",
  takePhoto: "Tomar foto",
  drop: "Suelte aquí los archivos",
  tray: "Archivos para enviar",
  remove: "Quitar {name}",
  cancel: "Cancelar {name}",
  preparing: "Preparando…",
  chosen: "{size}, listo para enviar",
  original: "{size}, listo para enviar. Puede indicar dónde se tomó la foto.",
  queued: "En espera de su turno",
  progress: "{share} de {size}",
  stalled: "Sin conexión. Continuará automáticamente.",
  sending: {
    one: "Enviando {count} archivo",
    many: "Enviando {count} de archivos",
    other: "Enviando {count} archivos",
  },
  interrupted: "La página se recargó. Elija el archivo de nuevo.",
  unreadable: "Esta foto no se puede leer, así que no se envió.",
  failed: "No se pudo enviar.",
  tooLarge: "Demasiado grande. Un archivo puede tener como máximo {size}.",
  open: "Abrir {name}",
  save: "Guardar {name}",
  saveThis: "Guardar",
  notLoaded: "No se pudo cargar la imagen.",
  photo: "Foto",
};
