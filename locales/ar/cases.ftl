cases-title = حالات الأطفال
cases-filter = تصفية الحالات
cases-filter-mine = حالاتي
cases-filter-open = المفتوحة
cases-filter-urgent = خطورة مرتفعة
cases-filter-late = متأخرة
cases-filter-closed = المغلقة
cases-empty = لا حالة هنا
cases-empty-hint = تُفتح الحالات عند فرز التدخلات الميدانية، وتُسند إلى مساعد(ة) اجتماعي(ة).
cases-col-child = الطفل
cases-col-state = الوضعية والمسار
cases-col-next = الخطوة المقبلة
cases-col-changed = آخر تغيير
cases-count = { $n ->
    [zero] لا حالة
    [one] حالة واحدة
    [two] حالتان
    [few] { $n } حالات
    [many] { $n } حالة
   *[other] { $n } حالة
}
changed-since = فيه جديد منذ آخر اطلاع
risk-high = خطورة مرتفعة
path-words = المرحلة { $n } من 6: { $step }
state-identified = تم الرصد
state-urgent-action = تدابير استعجالية
state-registered = مسجل
state-assessment = قيد التقييم
state-planning = إعداد خطة التدخل
state-implementation = قيد التنفيذ
state-monitoring = قيد التتبع
state-closure-requested = طلب إغلاق
state-closed = مغلق
next-state-identified = التحقق من السلامة وتسجيل الهوية
next-state-urgent-action = تأمين مكان آمن وفحص طبي
next-state-registered = بدء تقييم الوضعية
next-state-assessment = إتمام البحث الاجتماعي والتقييم
next-state-planning = مصادقة المشرف على خطة التدخل
next-state-implementation = تقديم الخدمات المبرمجة
next-state-monitoring = زيارة التتبع المقبلة
next-state-closure-requested = قرار المشرف بشأن الإغلاق
next-state-closed = لا خطوة مقبلة
step-identified = الرصد
step-assessed = التقييم
step-referred = النيابة العامة
step-in-care = التكفل
step-reintegrated = الإدماج
step-followed-up = التتبع
due-late = تجاوز الأجل اليوم
due-late-days = { $n ->
    [zero] تجاوز الأجل اليوم
    [one] تجاوز الأجل بيوم
    [two] تجاوز الأجل بيومين
    [few] تجاوز الأجل بـ { $n } أيام
    [many] تجاوز الأجل بـ { $n } يوما
   *[other] تجاوز الأجل بـ { $n } يوم
}
due-today = اليوم قبل { $time }
due-on = قبل { $day }

case-title = ملف { $number }
case-lead = المكلف(ة) بالملف
case-lead-is = المكلف(ة) بالملف: { $name }
case-risk = الخطورة: { $risk }
case-protected = ملف محمي
case-add-service = إضافة خدمة
case-path = مسار الحماية
case-story = سجل الملف
case-next = الخطوة المقبلة
case-state-since = الوضعية الحالية منذ { $at }
case-move-refused = هذا الانتقال غير ممكن من الوضعية الحالية، أو هو من اختصاص المسؤول(ة).
case-move-four-eyes = من طلب الإغلاق لا يبت فيه: القرار لمسؤول(ة) آخر(ى).
case-move-lacking = لا يزال شيء ناقصا قبل هذه الخطوة؛ انظر القائمة أسفله.
case-move-waits = طلب الإغلاق منك: ينتظر جواب مسؤول(ة) آخر(ى).
case-move-why = السبب
case-before = قبل «{ $move }»:
move-take-urgent-action = اتخاذ تدابير استعجالية
move-register = تسجيل الطفل
move-end-urgency = انتهاء الاستعجال: تسجيل الطفل
move-assess = بدء التقييم
move-draw-up-plan = إعداد خطة التدخل
move-carry-out = بدء تنفيذ الخطة
move-follow-up = بدء التتبع
move-ask-closure = طلب إغلاق الملف
move-close = إغلاق الملف
move-refuse-closure = رفض الإغلاق
lack-sex = تدوين جنس الطفل
lack-birth = تدوين تاريخ الازدياد أو السن التقريبي
lack-service = تقديم خدمة واحدة على الأقل
lack-urgent-help = تدوين مكان آمن أو فحص طبي استعجالي
lack-emergency-delivered = تقديم الخدمات الاستعجالية المقررة
lack-judicial-decided = قرار النيابة العامة في شأن الملف المحال
lack-measure-ended = انتهاء التدبير القضائي الساري لفائدة الطفل
case-closing-reason = سبب الإغلاق
case-give = إسناد الملف إلى شخص آخر
case-give-to = المكلف(ة) الجديد(ة)
case-give-button = إسناد
case-identity = الهوية
case-identity-open = اطلاع
case-protected-on = أول تدبير حماية
case-protected-not-yet = لم يُسجل بعد
case-birth = السن
case-street-name = معروف(ة) في الشارع باسم
case-civil-status = الحالة المدنية
case-nationality = الجنسية
case-family = الأسرة
case-family-add = ربط شخص
case-family-none = لم يُربط أي شخص بعد.
entry-contact = تدخل ميداني
entry-opened = فتح الملف
entry-moved = الوضعية: { $state }
entry-visit = زيارة تتبع
entry-referral = إحالة الملف على النيابة العامة
entry-notice = إشعار استعجالي للنيابة العامة
entry-decision = تدبير النيابة العامة لفائدة الطفل
entry-judge-measure = تدبير قاضي الأحداث لفائدة الطفل
case-colleague = ملف زميل(ة)
case-open-title = فتح الملف بسبب
case-open-hint = هذا الملف مسند إلى شخص آخر. يُفتح لمدة ساعة بسبب يظهر في سجل الاطلاع على الملف.
case-open-reason = سبب الفتح
case-open-note = توضيح
case-open-button = فتح الملف لمدة ساعة
case-already-open = لهذا الطفل ملف مفتوح.
case-second = المساعد(ة) على الملف
lack-placement-body = تحديد الجهة المسؤولة عن الطفل في مؤسسة الإيواء
case-services-awaited = خدمات منتظرة
case-services-none = لا خدمة منتظرة الآن.
case-visits = زيارات التتبع
changes-count = { $n ->
    [zero] لا تغيير
    [one] تغيير واحد
    [two] تغييران
    [few] { $n } تغييرات
    [many] { $n } تغييرا
   *[other] { $n } تغيير
}
changes-said = { $count }: { $kinds }
changes-since = منذ اطلاعك يوم { $day }:
cases-filter-changed = تغيرت
change-contact = تدخل ميداني
change-move = مرحلة
change-service = خدمة
change-visit = زيارة
change-referral = إحالة على النيابة العامة
change-decision = قرار
change-assessment = تقييم
change-plan = خطة
change-determination = المصلحة الفضلى
change-bed = مكان في مؤسسة
change-document = وثيقة
change-note = ملاحظة
change-risk = مستوى الخطورة
change-view = رأي الطفل(ة)
change-consent = موافقة
change-complaint = شكاية
