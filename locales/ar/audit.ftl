audit-title = سجل الأفعال والاطلاع
audit-hint = من فعل ماذا، ومن اطلع على ماذا، ومتى. أرقام ورموز بدون أسماء أطفال. كل اطلاع على هذا السجل يُسجل هو أيضا.
audit-pages = صفحات السجل
audit-log = السجل
audit-file = من اطلع على ملف
audit-refusals = حالات الرفض
audit-reading = الاطلاع غير المعتاد
audit-register = سجل المعالجات
audit-col-what = الفعل
audit-col-who = صاحب الفعل
audit-col-object = الموضوع
audit-col-when = التاريخ
audit-no-object = بدون موضوع
audit-nobody = بدون حساب
audit-from = من
audit-to = إلى
audit-number = رقم الملف أو الوصل
audit-range = نهاية المدة قبل بدايتها.
audit-none = لا شيء في هذه المدة
audit-none-hint = يمكن توسيع المدة أو حذف شرط من شروط التصفية.
audit-file-hint = رقم ملف أو محضر تدخل أو ملف قضائي. يشمل الجواب صفحة الطفل والملفات القضائية والإشعارات المرتبطة به.
audit-search = بحث
audit-file-none = لا اطلاع بهذا الرقم
audit-file-none-hint = الرقم غير معروف، أو لم يُفتح الملف بعد.
audit-col-times = عدد المرات
audit-col-last = آخر مرة
audit-each = كل اطلاع
audit-col-hour = الساعة
audit-col-files = ملفات مختلفة
audit-over = فوق الحد
audit-alerts = تنبيهات آخر ثلاثين يوما
audit-alerts-none = لا تنبيه.
audit-busy = أكثر الساعات اطلاعا منذ أمس
audit-busy-none = لم يُفتح أي ملف منذ أمس.
audit-register-hint = كل ما يُسجل، جدولا بجدول: الصنف والغرض ومدة الاحتفاظ. الصنف المعروض أمام كل جدول هو أشد ما فيه حساسية.
audit-register-count = { $tables } جدولا و{ $columns } خانة مصنفة
audit-tables = الجداول
audit-col-table = الجدول
audit-col-purpose = الغرض
audit-col-retention = مدة الاحتفاظ
audit-root-title = بصمة السجل اليومية
audit-root-hint = بصمة واحدة تُلزم السجل كله إلى نهاية اليوم. تُطبع وتُسلم للجنة: إذا تغير صف واحد بعدها ظهر ذلك عند التحقق. لا تتضمن أي معطى شخصي.
audit-root-day = اليوم
audit-root-show = عرض
audit-root-old = لم يُختم شيء في هذا اليوم: البصمة القائمة تعود إلى { $date }.
audit-root-size = الصفوف المختومة
audit-root-at = وقت الختم
audit-root-hash = البصمة
audit-root-note = النص الموقع
audit-root-code = النص نفسه، للقراءة بالهاتف
audit-root-verify = للتحقق من السجل بهذا النص:
audit-root-signature = الاسم والتوقيع وتاريخ التسلم:
audit-root-none = لا بصمة بعد
audit-root-none-hint = تُختم الصفوف كل دقيقة عندما تعمل المهام الخلفية.
audit-openings = { $n ->
    [zero] بدون اطلاع
    [one] اطلاع واحد
    [two] اطلاعان
    [few] { $n } اطلاعات
    [many] { $n } اطلاعا
   *[other] { $n } اطلاع
}
audit-refused-times = { $n ->
    [zero] بدون رفض
    [one] رفض واحد
    [two] رفضان
    [few] { $n } حالات رفض
    [many] { $n } حالة رفض
   *[other] { $n } حالة رفض
}
audit-readers = { $n ->
    [zero] لم يطلع عليه أحد
    [one] اطلع عليه شخص واحد
    [two] اطلع عليه شخصان
    [few] اطلع عليه { $n } أشخاص
    [many] اطلع عليه { $n } شخصا
   *[other] اطلع عليه { $n } شخص
}
audit-columns = { $n ->
    [zero] بدون خانات
    [one] خانة واحدة
    [two] خانتان
    [few] { $n } خانات
    [many] { $n } خانة
   *[other] { $n } خانة
}
audit-reading-hint = { $n ->
    [zero] كل فتح ملف يُسجل تنبيها في السجل نفسه.
    [one] ما فوق ملف واحد في الساعة يُسجل تنبيها في السجل نفسه.
    [two] ما فوق ملفين في الساعة يُسجل تنبيها في السجل نفسه.
    [few] ما فوق { $n } ملفات في الساعة يُسجل تنبيها في السجل نفسه.
    [many] ما فوق { $n } ملفا في الساعة يُسجل تنبيها في السجل نفسه.
   *[other] ما فوق { $n } ملف في الساعة يُسجل تنبيها في السجل نفسه.
}

act-session-opened = دخول إلى الحساب
act-session-refused = كلمة مرور غير صحيحة
act-access-refused = رفض الولوج
act-user-created = إحداث حساب
act-contact-logged = تسجيل تدخل ميداني
act-contact-triaged = البت في تدخل ميداني
act-contact-opened = الاطلاع على تدخل ميداني
act-case-added = فتح ملف جديد
act-case-moved = انتقال الملف إلى مرحلة أخرى
act-assessments-opened = الاطلاع على تقييمات الوضعية
act-assessment-saved = تسجيل مسودة تقييم
act-assessment-completed = إتمام تقييم
act-case-risk-changed = تغيير مستوى الخطورة
act-case-risk-kept = الإبقاء على مستوى الخطورة
act-assessment-called-for = الدعوة إلى إعادة التقييم
act-care-plan-opened = الاطلاع على خطة التدخل
act-care-plan-saved = تسجيل مسودة خطة
act-care-plan-submitted = عرض خطة التدخل
act-care-plan-approved = المصادقة على خطة التدخل
act-care-plan-returned = إعادة خطة التدخل
act-care-plan-reviewed = مراجعة خطة دون تغيير
act-care-plan-action-closed = إنهاء إجراء من الخطة
act-determination-opened = الاطلاع على تحديد المصلحة الفضلى
act-determination-submitted = عرض تحديد المصلحة الفضلى
act-determination-approved = المصادقة على تحديد المصلحة الفضلى
act-determination-returned = إعادة تحديد المصلحة الفضلى
act-visits-opened = اطلاع على زيارات التتبع
act-task-snoozed = تأجيل أمر مطلوب
act-stand-in-begun = نيابة عن غائب(ة)
act-stand-in-named = تعيين من ينوب عن غائب(ة)
act-stand-in-ended = انتهاء النيابة عن غائب(ة)
act-visit-planned = برمجة زيارة
act-visit-made = تسجيل زيارة
act-visit-missed = زيارة لم تتم
act-case-given = إسناد الملف
act-rights-opened = قراءة صفحة حقوق الطفل
act-consent-recorded = تدوين موافقة أو سند
act-consent-withdrawn = سحب موافقة
act-child-view-recorded = تدوين رأي الطفل
act-complaint-received = تلقي شكاية
act-complaint-answered = الجواب عن شكاية
act-duplicates-opened = قراءة صفحة البحث عن ملف سابق
act-duplicates-checked = البحث عن ملف سابق
act-duplicates-listed = عرض ملفات قد تخص طفلا واحدا
act-duplicates-suggested = اقتراح ملفات مشابهة أثناء الكتابة
act-sign-recorded = تسجيل علامة مميزة
act-sign-struck = شطب علامة مميزة
act-identity-opened = قراءة هوية طفل
act-identity-joined = جمع تسجيلين
act-identity-parted = فصل تسجيلات مجموعة
act-identity-preferred = اختيار القيمة المعروضة
act-identity-looked-elsewhere = البحث في المدن الأخرى
act-identity-request-asked = سؤال مدينة أخرى عن طفل
act-identity-request-opened = قراءة سؤال بين المدن
act-identity-request-answered = الجواب عن سؤال مدينة أخرى
act-identity-request-withdrawn = سحب سؤال موجه إلى مدينة أخرى
act-closure-opened = قراءة صفحة الإغلاق
act-closing-report-written = تحرير التقرير النهائي
act-after-closure-recorded = زيارة بعد الإغلاق
act-case-reopened = فتح ملف من جديد
act-case-voided = إلغاء ملف
act-transfer-asked = طلب نقل ملف إلى مدينة أخرى
act-transfer-opened = قراءة ورقة نقل
act-transfer-accepted = قبول نقل ملف
act-transfer-refused = رفض نقل ملف
act-transfer-withdrawn = سحب طلب نقل
act-case-opened = الاطلاع على ملف
act-case-form-opened = فتح استمارة تخص ملفا
act-case-opened-with-reason = الاطلاع على ملف زميل مع بيان السبب
act-person-added = تسجيل شخص
act-child-opened = الاطلاع على صفحة الطفل
act-child-edited = تعديل صفحة الطفل
act-relationship-added = تسجيل قرابة مصرح بها
act-relationship-verified = إثبات قرابة
act-relationship-refuted = نفي قرابة
act-relationship-changed = تصحيح صلة أو تأريخها
act-mother-opened = الاطلاع على صفحة الأم
act-support-opened = فتح الخدمات الأربع لأم
act-service-recorded = تسجيل خدمة
act-service-opened = فتح صفحة خدمة
act-service-moved = خطوة في خدمة
act-service-sent = إرسال طلب خدمة إلى هيئة
act-request-opened = فتح طلب خدمة
act-request-answered = جواب عن طلب خدمة
act-judicial-file-composed = إعداد إحالة على النيابة العامة
act-judicial-file-withdrawn = سحب مشروع الإحالة
act-judicial-file-transmitted = إرسال الإحالة إلى النيابة العامة
act-judicial-file-received = تسلم الإحالة بالمحكمة
act-judicial-file-taken = تولي دراسة ملف قضائي
act-judicial-file-handed-over = تسليم ملف قضائي
act-judicial-file-returned = إرجاع ملف قضائي للاستكمال
act-judicial-file-completed = استكمال ملف قضائي من طرف الخلية
act-judicial-file-closed = إغلاق ملف قضائي
act-judicial-file-reopened = فتح ملف قضائي من جديد
act-judicial-file-rerouted = إحالة ملف قضائي على محكمة أخرى
act-judicial-file-joined = ضم ملف قضائي إلى آخر
act-judicial-file-opened = الاطلاع على الملف القضائي
act-judicial-annex-composed = إعداد ملحق لملف قضائي
act-judicial-annex-sent = إرسال ملحق ملف قضائي إلى المحكمة
act-judicial-paper-asked = طلب إعداد ورقة من ملف قضائي
act-judicial-paper-printed = طباعة ورقة من ملف قضائي
act-paper-verified = التحقق من ورقة برمزها
act-urgent-notice-sent = إرسال إشعار استعجالي
act-urgent-notice-opened = الاطلاع على إشعار استعجالي
act-urgent-notice-acknowledged = اطلاع النيابة العامة على إشعار استعجالي
act-urgent-notice-registered = توصل كتابة النيابة العامة بإشعار استعجالي
act-urgent-notice-rerouted = إحالة إشعار استعجالي على محكمة أخرى
act-judicial-question-asked = طرح سؤال على الخلية في ملف قضائي
act-judicial-question-followed-up = سؤال تكميلي في ملف قضائي
act-judicial-question-answered = جواب الخلية عن سؤال في ملف قضائي
act-judicial-question-closed = إنهاء سؤال في ملف قضائي
act-child-decision-recorded = تسجيل قرار يخص طفلا
act-adult-decision-recorded = تسجيل قرار يخص راشدا
act-court-act-added = إرفاق مقرر موقع
act-court-act-opened = الاطلاع على مقرر موقع
act-court-act-unreadable = تعذرت قراءة مقرر موقع
act-measure-reported = إفادة الخلية بما أنجزته تنفيذا لتدبير
act-duty-turn-entered = تسجيل فترة مداومة
act-duty-turn-cancelled = سحب فترة مداومة
act-court-event-recorded = تسجيل حدث لدى المحكمة
act-calendar-made = إحداث رابط ليومية الجلسات
act-calendar-ended = إنهاء رابط يومية الجلسات
act-calendar-fetched = جلب يومية الجلسات عبر رابطها
act-reading-unusual = اطلاع غير معتاد
act-vault-unreadable = نص مشفر تعذر فتحه
act-keys-made = إحداث مفاتيح التشفير
act-keys-rotation-begun = بدء تبديل مفاتيح التشفير
act-keys-rotated = تبديل مفاتيح التشفير
act-user-ended = إغلاق حساب
act-user-restored = إعادة فتح حساب
act-user-recovered = استرجاع حساب من الخادم
act-session-ended = إنهاء جلسات أخرى
act-password-changed = تغيير كلمة السر
act-password-confirmed = تأكيد كلمة السر
act-password-refused = كلمة سر غير صحيحة عند التأكيد
act-factor-enrolled = تفعيل العامل الثاني
act-factor-passed = التحقق بالعامل الثاني
act-factor-backup-used = استعمال رمز احتياطي
act-factor-refused = رفض رمز العامل الثاني
act-factor-codes-renewed = تجديد الرموز الاحتياطية
act-factor-removed = إزالة العامل الثاني
act-factor-lift-asked = طلب رفع عامل ثان مفقود
act-factor-lifted = رفع عامل ثان مفقود
act-passkey-added = إضافة مفتاح مرور
act-passkey-removed = إزالة مفتاح مرور
act-passkey-passed = التحقق بمفتاح مرور
act-passkey-refused = رفض مفتاح مرور
act-passkey-copied = مفتاح مرور يبدو منسوخا
act-code-issued = تسليم رمز لمرة واحدة
act-code-used = استعمال رمز لمرة واحدة
act-code-refused = رفض رمز لمرة واحدة
act-post-given = إسناد مهمة
act-post-ended = إنهاء مهمة
act-post-reviewed = مراجعة مهمة
act-identifier-met = رقم تعريف موجود في ملف آخر
act-document-added = إضافة وثيقة
act-document-opened = الاطلاع على وثيقة
act-document-revealed = إظهار عنوان وثيقة طبية أو نفسية
act-document-reclassified = تصنيف وثيقة طبية أو نفسية أو رفعه
act-document-unreadable = وثيقة تعذرت قراءتها
act-documents-opened = الاطلاع على لائحة الوثائق
act-history-opened = الاطلاع على سجل الملف
act-family-opened = الاطلاع على أسرة الطفل
act-seen-opened = الاطلاع على أماكن وتواريخ العثور على الطفل
act-case-printed = طباعة الملف كاملا
act-case-note-written = كتابة ملاحظة على الملف
act-court-note-written = تدوين ملاحظة خاصة بالمحكمة
act-clinical-note-written = تدوين ملاحظة صحية أو نفسية
act-clinical-note-revealed = الكشف عن ملاحظة صحية أو نفسية
act-clinical-notes-opened = الاطلاع على لائحة الملاحظات الصحية والنفسية
act-safe-address-written = تسجيل عنوان آمن
act-safe-address-revealed = الكشف عن عنوان آمن
act-protection-marked = حماية ملف
act-protection-opened = الاطلاع على حماية ملف
act-protection-lifted = رفع حماية ملف
act-grant-given = الإذن بالاطلاع على ملف محمي
act-grant-ended = إنهاء الإذن بالاطلاع
act-lift-asked = طلب رفع الحماية
act-lift-opened = الاطلاع على طلب رفع الحماية
act-lift-agreed = الموافقة على رفع الحماية
act-lift-refused = رفض رفع الحماية
act-emergency-begun = فتح استعجالي لملف محمي
act-emergency-not-begun = محاولة فتح استعجالي لم تنجح
act-emergency-read = اطلاع أثناء فتح استعجالي
act-emergency-ended = إنهاء فتح استعجالي
act-emergency-reviewed = مراجعة فتح استعجالي
act-audit-read = الاطلاع على السجل
act-job-retried = إعادة تشغيل مهمة

audit-kind-case = ملف
audit-kind-person = شخص
audit-kind-contact = تدخل
audit-kind-judicial-file = ملف قضائي
audit-kind-disclosure = إشعار
audit-kind-service = خدمة
audit-kind-user = حساب
audit-kind-identity-request = سؤال بين المدن
audit-kind-file = ملف
audit-kind-keys = مفاتيح
audit-kind-assignment = مهمة
audit-kind-unknown = غير محدد

class-open = للنشر
class-internal = داخلي
class-personal = شخصي
class-sensitive = حساس
class-secret = سري

purpose-contact = تسجيل ما عوين في الشارع والبت فيه
purpose-person = معرفة الطفل وأسرته، وتفادي تكرار الملفات
purpose-case = قيادة مسار حماية الطفل وتوزيع العمل
purpose-service = تسجيل المساعدات المقدمة
purpose-justice = إخبار النيابة العامة وتسجيل قراراتها
purpose-access = معرفة من يدخل وبأي صفة
purpose-document = الاحتفاظ بالوثائق التي تثبت وضعية الطفل
purpose-protection = حصر الاطلاع على ملف طفل مهدد في أشخاص معينين
purpose-care = تدوين ما لا يقرؤه إلا من يرعى الطفل
purpose-rights = معرفة ما وافق عليه الطفل وأسرته، والسماع للطفل، والجواب عن الشكايات
purpose-notice = إخبار المعنيين بما وقع في ملف
purpose-keys = مفاتيح تشفير النصوص والعناوين
purpose-trail = إثبات من فعل ومن اطلع، وكشف كل تغيير
purpose-draft = تمكين العامل الاجتماعي من العودة إلى ما كان يكتبه

retention-undecided = لم تُحدد المدة بعد: لا يُحذف شيء إلى أن يقرر المسؤول عن المعالجة
retention-ended = يوم واحد بعد نهاية الجلسة
retention-fortnight = يُمحى عند تسجيل الاستمارة، أو بعد أربعة عشر يوما من آخر ما كُتب
retention-hour = يُمحى بعد ساعة من طلبه، عند أول صيانة تليها
retention-kept = يبقى ولا يتغير أبدا
act-bed-requested = طلب مكان إيواء
act-bed-held = حجز مكان إيواء
act-bed-moved = تغير وضعية إيواء
act-bed-expired = انتهاء حجز مكان
act-placement-opened = الاطلاع على إيواء طفل
act-placement-body-named = تحديد الجهة المسؤولة عن طفل
act-sheet-opened = الاطلاع على بطاقة إيواء
act-places-changed = تحيين أماكن الإيواء
act-places-confirmed = تأكيد أرقام الأماكن
act-institution-address-revealed = الكشف عن عنوان مؤسسة
act-institution-kept = تحيين ترخيص مؤسسة أو معاييرها أو إغلاقها
act-institution-added = إضافة مؤسسة
act-institution-changed = تغيير اسم مؤسسة أو وسائل الاتصال بها
act-places-added = إضافة مجموعة أماكن
act-rhythm-set = تغيير وتيرة الزيارات في مدينة
act-contact-phone-revealed = إظهار رقم هاتف شخص راشد في تدخل ميداني

audit-field = { $name }: { $value }
audit-field-from = من
audit-field-rule = السبب
audit-field-to = إلى
audit-field-since = ابتداء من
audit-field-until = إلى غاية
audit-field-on = بتاريخ
audit-field-hour = الساعة
audit-field-openings = عدد الملفات المفتوحة
audit-field-budget = الحد المعتاد
audit-field-children = الأطفال
audit-field-documents = الوثائق
audit-field-gaps = ينقص مما يستحسن
audit-field-flags = علامات الخطر
audit-field-fields = ما تغير
audit-field-lead = المسؤول عن الملف
audit-field-user = المستفيد
audit-field-keeper = المشرف على الحماية
audit-field-n = العدد
audit-field-size = الحجم بالبايت
audit-field-media = الصيغة
audit-field-data-keys = المفاتيح
audit-field-job = رقم المهمة
audit-field-field = الخانة
audit-field-why = السبب التقني
audit-field-fault = الخلل
audit-field-basis = السند القانوني
audit-field-ground = أساس الفتح
audit-field-needs = المطلوب
audit-field-capacity = الطاقة
audit-field-closed = خارج الخدمة
audit-field-others = قدموا بطريق آخر
audit-field-closed-on = مغلقة منذ
audit-field-hold = الحجز
audit-refused-403 = لا تسمح به الصفة
audit-refused-404 = غير موجود أو خارج نطاق الاطلاع
audit-whole-true = الصفحة كاملة
audit-whole-false = البطاقة المختصرة
audit-clinical-true = طبية أو نفسية
audit-clinical-false = ليست طبية ولا نفسية
audit-by-cell-true = سجلته الخلية لمؤسسة ليس لها حساب
audit-by-cell-false = سجلته المؤسسة
audit-justified-true = مبرر
audit-justified-false = غير مبرر
audit-valid-true = مطابقة
audit-valid-false = غير معروفة
audit-paper-dossier = الملف المحال
audit-paper-annex = ملحق ملف محال
audit-paper-child-notice = إشعار بتدبير لطفل
audit-paper-adult-notice = إشعار بقرار بشأن شخص راشد
audit-part-sex = الجنس
audit-part-birth = الميلاد
audit-part-nationality = الجنسية
audit-part-civil-status = الحالة المدنية
audit-part-names = الأسماء
audit-part-nickname = اللقب
audit-part-kind = النوع
audit-part-phone = الهاتف
audit-part-address = العنوان
audit-part-identifier = رقم تعريفي
act-draft-begun = بدء كتابة في استمارة
act-draft-resumed = العودة إلى كتابة في استمارة
act-draft-dropped = التخلي عن كتابة في استمارة
act-task-opened = تم الاطلاع على مهمة
act-task-handed = أُسندت مهمة إلى زميل
act-task-returned = أُرجعت مهمة
act-digest-asked = طُلبت الرسالة اليومية
act-digest-confirmed = أُكد عنوان الرسالة اليومية
act-digest-ended = أُوقفت الرسالة اليومية
act-search-made = البحث عن أشخاص أو ملفات
audit-field-found = النتائج المعروضة
audit-search-names = بالأسماء
audit-search-number = برقم الملف
audit-search-phone = برقم الهاتف
audit-search-place = بالمكان
