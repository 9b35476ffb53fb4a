import type { equipment as english } from "../en/equipment.ts";
import type { Translated } from "../message.ts";

export const equipment: Translated<typeof english> = {
  check: "فحص التجهيزات",
  intro: "يمكنك تجربة ما تحتاج إليه الجلسة. لا يُسجَّل شيء، ولا يُفتح شيء قبل النقر عليه.",
  loadFailed: "تعذر تحميل الفحص. يُرجى التحقق من الاتصال ثم إعادة المحاولة.",

  microphone: "الميكروفون",
  microphoneTry: "اختبار الميكروفون",
  microphoneAsking: "يسأل المتصفح إن كان يُسمح لهذه الصفحة باستخدام الميكروفون. يُرجى السماح بذلك.",
  microphoneSpeak: "يُرجى قول أي شيء. يجب أن يتحرك الشريط.",
  microphoneOk: "الميكروفون يسمعك.",
  microphoneSilent: "لم يُسمع شيء. يُرجى رفع صوتك، أو التحقق من أن الميكروفون غير مغطى وغير متوقف.",
  microphoneDenied:
    "لا يُسمح لهذه الصفحة باستخدام الميكروفون. يُرجى السماح به في إعدادات الموقع في المتصفح، ثم إعادة المحاولة.",
  microphoneMissing: "لا يوجد ميكروفون. يُرجى توصيل ميكروفون، ثم إعادة المحاولة.",
  microphoneBusy: "تطبيق آخر يستخدم الميكروفون. يُرجى إغلاقه، ثم إعادة المحاولة.",
  level: "مستوى الميكروفون",
  stop: "إيقاف",

  camera: "الكاميرا",
  cameraTry: "اختبار الكاميرا",
  cameraAsking: "يسأل المتصفح إن كان يُسمح لهذه الصفحة باستخدام الكاميرا. يُرجى السماح بذلك.",
  cameraOpening: "جارٍ فتح الكاميرا…",
  cameraOk: "الكاميرا تعمل.",
  cameraDenied:
    "لا يُسمح لهذه الصفحة باستخدام الكاميرا. يُرجى السماح بها في إعدادات الموقع في المتصفح، ثم إعادة المحاولة.",
  cameraMissing: "لا توجد كاميرا. تعمل المكالمات بالصوت فقط.",
  cameraBusy: "لا تعرض الكاميرا شيئًا. قد يكون تطبيق آخر يستخدمها: يُرجى إغلاقه، ثم إعادة المحاولة.",
  cameraChoose: "اختيار الكاميرا",
  cameraNumber: "الكاميرا {number}",
  cameraPreview: "صورة الكاميرا",

  insecure:
    "لا تتيح المتصفحات الميكروفون والكاميرا إلا لصفحات HTTPS. يُرجى طلب عنوان https لهذه الصفحة من فريق الدعم.",

  speaker: "مكبر الصوت",
  speakerTry: "تشغيل صوت تجريبي",
  speakerPlaying: "جارٍ تشغيل ثلاث نغمات…",
  speakerAsk: "هل سمعت ثلاث نغمات؟",
  yes: "نعم",
  no: "لا",
  speakerHeard: "يصلك الصوت من هذه الصفحة.",
  speakerUnheard:
    "يُرجى رفع مستوى الصوت، وإيقاف الوضع الصامت، والتحقق من عدم توصيل سماعات. ثم إعادة المحاولة.",

  notifications: "الإشعارات",
  notificationsUnasked: "لا يُسمح لهذه الصفحة بعرض الإشعارات بعد.",
  notificationsAllow: "السماح بالإشعارات",
  notificationsOn: "يُسمح لهذه الصفحة بعرض الإشعارات.",
  notificationsOff:
    "الإشعارات محظورة. يُرجى السماح بها في إعدادات الموقع في المتصفح لتعرف عندما يريد أحد مساعدتك.",
  notificationsUnsupported:
    "لا يمكن لهذا المتصفح عرض الإشعارات هنا. على iPhone، يُرجى إضافة هذه الصفحة إلى الشاشة الرئيسية أولًا.",
  notificationsTry: "عرض إشعار تجريبي",
  notificationsShown: "أُرسل إشعار. إذا لم يظهر، يُرجى التحقق من إعدادات الإشعارات في النظام.",
  notificationsFailed: "تعذر عرض الإشعار.",
  notificationTitle: "Live Support",
  notificationBody: "هذه تجربة. الإشعارات تعمل.",

  network: "الشبكة",
  networkTry: "اختبار الشبكة",
  networkRunning: "جارٍ تجربة الطرق إلى Live Support…",
  networkGood: "تعمل المكالمات والرسائل جيدًا.",
  networkTcp:
    "تعمل المكالمات، لكنها قد تتقطع: هذه الشبكة تحظر UDP. قد تكون شبكة أخرى أفضل، مثل بيانات الجوّال.",
  networkRelayed: "تعمل المكالمات عبر خادم وسيط فقط، وقد تتقطع. قد تكون شبكة أخرى أفضل.",
  networkBlocked:
    "تعمل الرسائل، لكن المكالمات لا تمر عبر هذه الشبكة. يُرجى تجربة شبكة أخرى، مثل بيانات الجوّال بدلًا من Wi-Fi.",
  networkNode:
    "تعمل الرسائل، لكن يتعذر بدء المكالمات: خادم المكالمات لا يستجيب. يُرجى إعادة المحاولة بعد دقيقة.",
  networkWeb: "تعذر وصول هذه الصفحة إلى Live Support. يُرجى التحقق من تشغيل Wi-Fi أو بيانات الجوّال.",
  legWeb: "Live Support والرسائل",
  legNode: "خادم المكالمات",
  legUdp: "المكالمات عبر UDP",
  legTcp: "المكالمات عبر TCP",
  legTurn: "المكالمات عبر TURN",
  legOk: "يعمل",
  legFailed: "لا يعمل",
  legUnset: "غير معدّ",
  legUntested: "لم يُختبر",

  asked: "طلب {name} فحص تجهيزات هذا الجهاز.",
  notNow: "ليس الآن",

  ask: "طلب فحص التجهيزات",
  wishAsked: "طُلب من المستخدم فحص التجهيزات.",
  wishDeclined: "لا يريد المستخدم فحص التجهيزات الآن.",
  wishRunning: "يفحص المستخدم التجهيزات الآن…",
  checkedFine: "فُحصت التجهيزات {when}: كل ما جُرِّب يعمل.",
  checkedProblems: "فُحصت التجهيزات {when}: {problems}.",
  details: "تجهيزات {name}",
  showDetails: "تفاصيل التجهيزات",
  noMicrophone: "لا يوجد ميكروفون",
  microphoneBlocked: "الميكروفون غير مسموح به",
  microphoneUsed: "تطبيق آخر يستخدم الميكروفون",
  microphoneUnheard: "الميكروفون لا يسمع شيئًا",
  noCamera: "لا توجد كاميرا",
  cameraBlocked: "الكاميرا غير مسموح بها",
  cameraUsed: "تطبيق آخر يستخدم الكاميرا",
  noHttps: "لا يوجد HTTPS",
  soundUnheard: "الصوت غير مسموع",
  popupsOff: "الإشعارات محظورة",
  noWeb: "لا طريق إلى الخادم",
  noNode: "لا طريق إلى خادم المكالمات",
  noUdp: "لا يوجد UDP",
  noTcp: "لا يوجد TCP",
  noTurn: "لا طريق عبر TURN",
  works: "يعمل",
  notTried: "لم يُجرَّب",
  popupsUnasked: "لم يُطلب الإذن بعد",
  popupsUnsupported: "غير ممكن في هذا المتصفح",
};
