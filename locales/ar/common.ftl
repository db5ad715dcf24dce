app-name = سند
app-mission = حماية الأطفال من الاستغلال في التسول
demo-label = تنبيه بيانات العرض
demo-notice = نسخة للعرض: الأشخاص والملفات كلها من نسج الخيال
skip-to-content = انتقال إلى المحتوى
language-switch = لغة الصفحات
nav-main = القائمة الرئيسية
nav-more = المزيد
nav-shut = إغلاق القائمة
nav-quick = تنقل سريع
nav-cases = الحالات
nav-contacts = التدخلات
nav-contact-new = تسجيل تدخل ميداني
nav-mothers = الأمهات
nav-prosecution = النيابة العامة
nav-dashboard = لوحة القيادة
nav-plan = الخطة
nav-meetings = الاجتماعات
nav-audit = سجل الاطلاع
nav-audit-root = البصمة اليومية
nav-jobs = المهام الخلفية
sign-out = خروج
breadcrumb = مسار التنقل
optional = (اختياري)
choose = اختيار من اللائحة
action-save = تسجيل
action-cancel = إلغاء
action-next = عرض المزيد
action-filter = تصفية
action-back = رجوع
unknown = غير معروف
not-asked = لم يُسأل عنه بعد
unreadable = غير مقروء
scope-country = على الصعيد الوطني

ago-now = الآن
ago-yesterday = أمس
ago-minutes = { $n ->
    [zero] الآن
    [one] قبل دقيقة
    [two] قبل دقيقتين
    [few] قبل { $n } دقائق
    [many] قبل { $n } دقيقة
   *[other] قبل { $n } دقيقة
}
ago-hours = { $n ->
    [zero] الآن
    [one] قبل ساعة
    [two] قبل ساعتين
    [few] قبل { $n } ساعات
    [many] قبل { $n } ساعة
   *[other] قبل { $n } ساعة
}
ago-days = { $n ->
    [zero] اليوم
    [one] أمس
    [two] قبل يومين
    [few] قبل { $n } أيام
    [many] قبل { $n } يوما
   *[other] قبل { $n } يوم
}

role-social-worker = مساعد(ة) اجتماعي(ة)
role-supervisor = مسؤول(ة) الخلية
role-focal-point = نقطة ارتكاز
role-institution-manager = مدير(ة) مؤسسة
role-prosecutor = نائب وكيل الملك
role-court-registrar = كاتب(ة) النيابة العامة
role-chief-prosecutor = وكيل الملك
role-steering = لجنة القيادة المركزية
role-admin = مدير النظام
role-dpo = مسؤول حماية المعطيات

form-refused = { $n ->
    [zero] لا شيء للتصحيح
    [one] جواب واحد يحتاج إلى تصحيح
    [two] جوابان يحتاجان إلى تصحيح
    [few] { $n } أجوبة تحتاج إلى تصحيح
    [many] { $n } جوابا يحتاج إلى تصحيح
   *[other] { $n } جواب يحتاج إلى تصحيح
}
error-prefix = خطأ:
error-required = هذا الجواب ضروري.
error-repeated = وصل هذا الجواب مرتين. المرجو اختيار جواب واحد.
error-choice = هذا الاختيار غير موجود في اللائحة.
error-characters = يحتوي النص على رموز لا يمكن تسجيلها. حُذفت من العرض؛ المرجو التحقق ثم إعادة الإرسال.
error-too-long = النص طويل: { $len } حرفا، والحد الأقصى { $max }.
error-date = تاريخ غير مفهوم. مثال: 24/11/2026
error-date-none = هذا اليوم غير موجود في التقويم.
error-date-future = هذا التاريخ في المستقبل.
error-date-early = هذا التاريخ سابق لما هو ممكن.
error-time = ساعة غير مفهومة. مثال: 16:40
error-number = المرجو كتابة عدد صحيح.
error-age = السن خارج الحدود الممكنة.

error-400-title = طلب غير مفهوم
error-400-text = لم يصل الطلب كاملا. المرجو الرجوع إلى الصفحة السابقة وإعادة المحاولة.
error-403-title = هذه الصفحة خارج صلاحياتك
error-403-text = الدور الذي دخلت به لا يسمح بهذا الإجراء.
error-404-title = الصفحة غير موجودة
error-404-text = الرابط غير صحيح، أو أن هذا الملف خارج نطاق عملك.
error-405-title = إجراء غير ممكن هنا
error-405-text = هذه الصفحة لا تقبل هذا الإجراء.
error-409-title = تغيّر الوضع في هذه الأثناء
error-409-text = سجل شخص آخر تغييرا قبلك. المرجو فتح الصفحة من جديد.
error-413-title = الإرسال أكبر من المسموح به
error-413-text = لم يُسجل شيء. المرجو تقليص النص ثم إعادة الإرسال.
error-500-title = خلل من جهتنا
error-500-text = لم يُسجل شيء. المرجو إعادة المحاولة، وإذا تكرر الأمر تبليغ الرقم أسفله.
error-503-title = الخدمة غير متاحة الآن
error-503-text = لم يُفقد شيء مما سُجل. المرجو إعادة المحاولة بعد لحظات.
error-origin = لم يبيّن المتصفح مصدر هذا الإرسال، فرُفض حماية لك. المرجو استعمال متصفح حديث وفتح الصفحة مباشرة.
error-home = الرجوع إلى البداية
error-reference = رقم الطلب للتبليغ:
nav-protection = الملفات المحمية
error-reason-short = هذا التوضيح قصير: { $min } حرفا على الأقل، ليتمكن غيرك من تقديره.
nav-admin = المستخدمون
nav-review = مراجعة الصلاحيات
count-over = أزيد من { $words }
