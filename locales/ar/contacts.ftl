contacts-title = التدخلات الميدانية
contacts-waiting = { $n ->
    [zero] لا تدخل في انتظار الفرز
    [one] تدخل واحد في انتظار الفرز
    [two] تدخلان في انتظار الفرز
    [few] { $n } تدخلات في انتظار الفرز
    [many] { $n } تدخلا في انتظار الفرز
   *[other] { $n } تدخل في انتظار الفرز
}
contacts-all = الكل
contacts-to-triage = في انتظار الفرز
contacts-empty = لا يوجد تدخل هنا
contacts-empty-hint = كل تدخل ميداني يُسجل يظهر هنا برقم توصيله، ثم بما قرره المشرف.
contacts-col-where = المكان
contacts-col-state = الوضعية
contacts-col-seen = من شوهد
contacts-col-when = متى
contact-triaged = تم الفرز
contact-triage-late = الفرز متأخر
contact-submitted = في انتظار الفرز
contact-children = { $n ->
    [zero] لا طفل
    [one] طفل واحد
    [two] طفلان
    [few] { $n } أطفال
    [many] { $n } طفلا
   *[other] { $n } طفل
}
contact-new-title = تسجيل تدخل ميداني
contact-new-hint = ستة أسئلة إلزامية في صفحة واحدة، والباقي اختياري. لا حاجة إلى أسماء.
contact-q-where = أين؟
contact-other-place = مكان آخر
contact-other-place-hint = اختيار المقاطعة ونوع المكان أسفله
contact-place = المقاطعة أو الجماعة
contact-place-kind = نوع المكان
contact-landmark = علامة مميزة
contact-q-when = متى؟
contact-now = الآن
contact-earlier = قبل ذلك
contact-earlier-hint = إدخال متأخر بتاريخ وساعة
contact-date = التاريخ
contact-time = الساعة
contact-q-children = من هم الأطفال؟
contact-q-children-hint = طفل واحد على الأقل، وخانة لكل طفل.
contact-child-n = الطفل { $n }
contact-add-child = إضافة طفل
contact-remove-child = حذف
contact-sex = الجنس
contact-age = السن التقريبي
contact-age-years = السن بالسنوات إن كان معروفا
contact-child-name = الاسم أو اللقب
contact-flags = علامات خطر ظاهرة
contact-q-adult = من كان معهم؟
contact-adult-none = لا أحد
contact-adult-other = غير ذلك
contact-adult-which = إن كان غير ذلك: الصلة
contact-adult-name = اسم المرافق
contact-adult-phone = الهاتف
contact-phone-reveal = إظهار الرقم
contact-q-circumstance = في أي ظرف؟
contact-circumstance = الظرف
contact-q-action = ما الذي تم في المكان؟
contact-q-action-hint = اختيار كل ما ينطبق.
contact-note = ملاحظة
contact-privacy = لا صور، ولا تحديد للموقع. الملاحظة يقرؤها فريق العمالة أو الإقليم فقط.
contact-save = تسجيل التدخل
contact-changed-after-save = سُجل هذا التدخل من قبل بأجوبة أخرى. الأجوبة المسجلة لم تتغير؛ لإضافة جديد المرجو تسجيل تدخل آخر.
saving = جار التسجيل…
help = مساعدة
emergency-numbers = أرقام الاستعجال
emergency-ambulance = الإسعاف
emergency-police = الشرطة
emergency-gendarmerie = الدرك الملكي
emergency-onde = المرصد الوطني لحقوق الطفل
before-talking = قبل الحديث مع الأسرة
before-talking-text = تقديم النفس والمهمة، وبيان واجب التبليغ عن الخطر، وما ستطلع عليه النيابة العامة. رأي الطفل مسموع، ورفض الكلام حق.
error-phone = رقم هاتف غير مفهوم. مثال: 06 12 34 56 78

contact-title = تدخل { $receipt }
contact-receipt = توصيل
contact-saved-at = وصل إلى الخادم
contact-do-now = يجب الآن
contact-what-next = ما يلي
contact-step-saved = سُجل التدخل
contact-step-triage = فرز المشرف
contact-step-triaged = تم الفرز
contact-step-file = فتح ملف أو ربطه
contact-step-file-hint = حسب قرار المشرف لكل طفل
contact-due = قبل { $at }
contact-facts = المعطيات
contact-author = سجله

triage-title = فرز التدخل
triage-hint = قرار لكل طفل. فتح الملف يسنده إلى مساعد(ة) اجتماعي(ة) بدرجة خطورة.
triage-lead = إسناد الملف إلى
triage-risk = درجة الخطورة
triage-number = رقم الملف القائم، عند الربط
triage-similar = ملفات قائمة قد تخص الطفل نفسه:
triage-save = تسجيل الفرز
triage-already = سبق فرز هذا التدخل.
triage-number-unknown = لا يوجد ملف بهذا الرقم في هذه العمالة أو الإقليم.
