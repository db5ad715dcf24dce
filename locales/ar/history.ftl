history-filter = ما يُعرض من السجل
history-all = الكل
history-notes = ملاحظات
history-moves = تغيرات الوضعية
history-contacts = تدخلات ميدانية
history-care = التقييم والخطة
history-services = الخدمات والإيواء
history-visits = الزيارات
history-justice = النيابة العامة
history-documents = الوثائق
history-new = جديد
history-new-since = «جديد»: أضيف بعد آخر اطلاع لك، { $at }
history-none = لا شيء من هذا النوع إلى الآن.
history-more = ما قبل ذلك
history-earlier = ما سبق
entry-note = ملاحظة
entry-view = استُمع إلى الطفل
entry-view-none = لم يُستمع إلى الطفل
entry-after-3 = زيارة بعد ثلاثة أشهر من الإغلاق
entry-after-6 = زيارة بعد ستة أشهر من الإغلاق
entry-transfer-accepted = قبلت مدينة أخرى نقل الملف
entry-transfer-refused = رفضت مدينة أخرى نقل الملف
entry-transfer-withdrawn = سُحب طلب نقل الملف
note-write = إضافة ملاحظة
note-hint = يطلع عليها من يحق له فتح الملف، ولا تصل إلى النيابة العامة. لا تُعدل الملاحظة بعد تسجيلها: أضف أخرى لتصحيحها.
note-save = تسجيل الملاحظة
note-file-closed = الملف مغلق ولا تُضاف إليه ملاحظات. أعد فتحه أولا إن احتاج الطفل إلى ذلك.
case-readers = { $n ->
    [zero] لم يفتح أحد هذا الملف هذا الشهر
    [one] فتح شخص واحد هذا الملف هذا الشهر
    [two] فتح شخصان هذا الملف هذا الشهر
    [few] فتح { $n } أشخاص هذا الملف هذا الشهر
    [many] فتح { $n } شخصا هذا الملف هذا الشهر
   *[other] فتح { $n } شخص هذا الملف هذا الشهر
}
readers-title = من اطلع على الملف
readers-hint = كل اطلاع خلال سنة، من الأحدث إلى الأقدم. للمسؤولين عن الملف وحدهم.
readers-none = لم يُفتح هذا الملف بعد.
readers-who = من
readers-when = متى
readers-what = ماذا
readers-own = ضمن مهامه
readers-more = اطلاعات سابقة
readers-file = الملف
readers-printed = الملف مطبوعا
readers-emergency = اطلاع استعجالي
case-print = طباعة الملف
print-hint = هذا هو الملف كاملا كما يحق لك الاطلاع عليه. اطبعه من متصفحك. تُسجل الطباعة باسمك؛ ضع الورق في مكان مقفل وأتلفه متى انتهت الحاجة إليه.
print-by = طبعه { $name }، { $at }
print-secret = سري: معطيات تخص طفلا. لا يُنسخ ولا يُسلم للغير.
print-number = رقم الملف
