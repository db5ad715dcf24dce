protection-title = الملفات المحمية
protection-hint = الاطلاعات الاستعجالية التي تنتظر التدقيق، وطلبات رفع الحماية.
protection-of-file = حماية الملف
protection-file = الملف
protection-rules = قواعد الملف المحمي
protection-rules-text = لا يظهر الملف المحمي إلا لمن أُذن لهم بالاسم. يُشعر المسؤول بكل اطلاع، ولا تُرفع الحماية إلا بموافقة شخصين.
protection-why = سبب الحماية
protection-reason = سبب حماية الملف
protection-text = توضيح (20 حرفا على الأقل)
protection-keeper = المسؤول(ة) عن حماية الملف
protection-mark-hint = بعد الحماية يظهر الملف برقمه فقط، لمن أُذن لهم بالاسم. يُشفر اسم الطفل، ولا يظهر الملف ولا التدخلات ولا الأسرة المرتبطة به لغيرهم.
protection-mark-button = حماية الملف
protection-not-yours = هذا الملف غير محمي. يحميه المسؤول(ة) أو المكلف(ة) بالملف.
protection-already = هذا الملف محمي من قبل.
protection-none = هذا الملف غير محمي.
grants-title = المأذون لهم بالاطلاع
grants-hint = هؤلاء وحدهم يرون هذا الملف. يُشعر المسؤول المأذون له بكل اطلاع.
grants-who = الاسم
grants-why = سبب الإذن
grants-until = إلى غاية
grants-by-work = بحكم التكليف بالملف
grant-give = إذن جديد
grant-until = آخر يوم للإذن
grant-give-button = منح الإذن
grant-end = إنهاء
grant-end-of = إنهاء الإذن: { $name }
grant-until-range = المرجو اختيار يوم بين اليوم وسنة من الآن.
unprotect-title = رفع الحماية
unprotect-hint = يطلب الرفعَ مسؤول، ويوافق عليه شخص آخر، ثم يُنفذ.
unprotect-why = سبب طلب الرفع
unprotect-by = طالب الرفع
unprotect-list = طلبات رفع الحماية
unprotect-none = لا طلب في الانتظار.
unprotect-agree = الموافقة على رفع الحماية
unprotect-refuse = الرفض: يبقى الملف محميا
unprotect-own = هذا طلبك: يجيب عنه شخص آخر.
unprotect-answer = الجواب
unprotect-answer-hint = بعد الموافقة ينفذ المسؤول المأذون له رفع الحماية، فيعود الاسم ويظهر الملف لزملاء العمالة.
unprotect-answer-button = تسجيل الجواب
unprotect-agreed = تمت الموافقة
unprotect-refused = رُفض الطلب
unprotect-waits = في انتظار شخص آخر
unprotect-finish = تنفيذ رفع الحماية
unprotect-ask = طلب رفع الحماية
unprotect-already-asked = هناك طلب رفع ينتظر الجواب.
unprotect-not-agreed = لا يمكن رفع الحماية قبل موافقة شخص آخر.
unprotect-answered-meanwhile = أُجيب عن هذا الطلب في هذه الأثناء.
emergency-list = الاطلاعات الاستعجالية
emergency-none = لا اطلاع استعجالي.
emergency-waiting = { $n ->
    [zero] لا شيء ينتظر التدقيق
    [one] واحد ينتظر التدقيق
    [two] اثنان ينتظران التدقيق
    [few] { $n } تنتظر التدقيق
    [many] { $n } تنتظر التدقيق
   *[other] { $n } تنتظر التدقيق
}
emergency-stage = المرحلة
emergency-title = اطلاع استعجالي
emergency-hint = لملف محمي لم يُؤذن لك به، عند الضرورة: 60 دقيقة، قراءة فقط. يُشعر المكلف بالملف والمسؤول ومسؤول حماية المعطيات، ويدقق فيه شخص آخر.
emergency-number = رقم الملف
emergency-reason = سبب الاستعجال
emergency-text = ما الذي يستدعي الاطلاع الآن؟ (20 حرفا على الأقل)
emergency-button = فتح الملف لمدة 60 دقيقة
emergency-no-file = لا ملف محمي بهذا الرقم يمكن فتحه هنا.
emergency-open = مفتوح الآن
emergency-to-review = ينتظر التدقيق
emergency-justified = مبرر
emergency-unjustified = غير مبرر
emergency-review-title = تدقيق اطلاع استعجالي
emergency-verdict = هل كان الاطلاع مبررا؟
emergency-review-text = خلاصة التدقيق (20 حرفا على الأقل)
emergency-review-button = إنهاء التدقيق
emergency-facts = الوقائع
emergency-from = من
emergency-to = إلى
emergency-readings = عدد مرات القراءة
emergency-read-title = ما الذي قُرئ
emergency-read-hint = كل صفحة فتحها هذا القارئ خلال تلك المدة من الملف ومما يرتبط به: الأسرة والتدخلات الميدانية والخدمات والملف القضائي والوثائق.
emergency-read-none = لم تُقرأ أي صفحة.
emergency-read-file = صفحة الملف أو سجله
emergency-own = هذا اطلاعك: يدقق فيه شخص آخر.
emergency-still-open = ما زالت الساعة جارية: يكون التدقيق بعد نهايتها.
emergency-reviewed-meanwhile = دُقق في هذا الاطلاع في هذه الأثناء.
emergency-banner = اطلاع استعجالي، قراءة فقط:
emergency-minutes = { $n ->
    [zero] انتهت المدة
    [one] بقيت دقيقة واحدة
    [two] بقيت دقيقتان
    [few] بقيت { $n } دقائق
    [many] بقيت { $n } دقيقة
   *[other] بقيت { $n } دقيقة
}
emergency-end = إنهاء الآن
