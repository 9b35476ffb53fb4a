/** What a call's stage loads to show something. */
export { DeviceBar, DeviceGround } from "./DeviceShow.tsx";
export { TechnicianBar, TechnicianGround } from "./TechnicianShow.tsx";
