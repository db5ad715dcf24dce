assessments-title = تقييم وضعية الطفل
assessments-hint = ثمانية مجالات، وخطورة محسوبة من الوقائع. التقييم المكتمل لا يُعدَّل: يُنجز تقييم جديد.
assessments-none = لم يُنجز أي تقييم بعد.
assessment-begin = بدء تقييم
assessment-go-on = العودة إلى المسودة
assessment-draft-since = مسودة تقييم منذ { $at }
assessment-trend = التطور
assessment-trend-of = { $domain }: { $scores }
assessment-domain = المجال
assessment-nth = التقييم { $n } · { $day }
assessment-risk-changed = تغيير الخطورة من «{ $from }» إلى «{ $to }»
assessment-needs = الحاجيات وعوامل الهشاشة
assessment-signs = مؤشرات الاستغلال
assessment-signs-hint = علامة لوحظت، وليست إثباتا على أحد. يمكن اختيار عدة مؤشرات.
assessment-several = يمكن اختيار عدة أجوبة.
assessment-summary = ملخص البحث الاجتماعي
assessment-risk = الخطورة
assessment-next = إعادة التقييم قبل { $day }
assessment-risk-change = تغيير مستوى الخطورة
assessment-risk-hint = الرفع متاح لكل من يعمل على الملف، مع ذكر السبب. الخفض من اختصاص مسؤول(ة)، وتحت المستوى المحسوب من اختصاص من لم ينجز التقييم.
assessment-risk-new = المستوى الجديد
assessment-risk-save = تسجيل المستوى
assessment-risk-same = هذا هو المستوى الحالي.
assessment-risk-supervisor = خفض مستوى الخطورة من اختصاص المسؤول(ة).
assessment-risk-four-eyes = من أنجز التقييم لا يخفض الخطورة: القرار لمسؤول(ة) آخر(ى).
assessment-risk-none = لا يوجد تقييم مكتمل في هذه الفترة من الملف: يُنجز التقييم أولا.
assessment-form-title = تقييم
assessment-form-hint = يمكن تسجيل مسودة والعودة إليها. عند الإتمام تُحسب الخطورة وتُشرح.
assessment-note = إضافة ملاحظة
assessment-note-of = ملاحظة
assessment-scale = سلم التقييم
assessment-scale-hint = الدرجة 4 في أي مجال، أو 3 في السلامة أو الاستغلال، تعني خطورة مرتفعة.
assessment-raise = رفع الخطورة إلى
assessment-raise-why = السبب
assessment-raise-hint = إذا كان ما تعرفه أخطر مما تحسبه القواعد، ارفع المستوى واذكر السبب.
assessment-raise-higher = القواعد تعطي هذا المستوى أو أعلى منه: لا حاجة إلى الرفع.
assessment-save = تسجيل المسودة
assessment-complete = إتمام التقييم
assessment-file-closed = الملف مغلق: لا يُقيَّم.
assessment-other-draft = بدأ شخص آخر تقييما لهذا الملف. افتح صفحة التقييم لمواصلته.
score-1 = لا قلق
score-2 = قلق خفيف
score-3 = قلق واضح
score-4 = وضع خطير
risk-infant = رضيع دون السنة
risk-unrelated-adult = راشد لا تربطه به قرابة
risk-score = { $domain }: { $score }
risk-quiet = { $level }: لا توجد وقائع ترفع الخطورة
risk-because = { $level }، بسبب: { $reasons }
entry-assessment = تقييم الوضعية
entry-risk = تغيير مستوى الخطورة
lack-assessment = إتمام تقييم الوضعية
risk-asks = المستوى المحسوب أقل: { $level }. في انتظار جواب المسؤول(ة) منذ { $day }، وإلى حينه يحتفظ الملف بمستواه.
risk-keep = الإبقاء على: { $level }
risk-kept = أبقى المسؤول(ة) الخطورة في مستوى «{ $level }»
risk-answer = الجواب: خفض مستوى الخطورة أو الإبقاء عليه
risk-answer-hint = التقييم وحده لا يخفض خطورة الملف: حدد(ي) المستوى المعتمد من الآن، مع ذكر السبب.
risk-changed-meanwhile = تغير الملف في هذه الأثناء: يرجى الاطلاع على المستوى الحالي ثم اتخاذ القرار من جديد.
assessment-risk-answered = أجاب مسؤول(ة) آخر(ى) في هذه الأثناء. يرجى فتح الصفحة من جديد للاطلاع على الجواب.
lack-city = ربط الملف بمدينة من مدن الخطة
lack-risk = تحديد مستوى الخطورة
field-raise = رفع الخطورة
field-signs = علامات الاستغلال
field-raise-why = سبب الرفع
field-risk-why = السبب
field-score-safety = السلامة
field-score-health = الصحة
field-score-psychological = الوضع النفسي
field-score-family = الأسرة والرعاية
field-score-material = الوضع المادي والسكن
field-score-education = التمدرس والتكوين
field-score-legal-identity = الهوية القانونية
field-score-exploitation = الاستغلال
risk-contacts = { $n ->
    [zero] لا تدخل خلال 90 يوما
    [one] تدخل واحد خلال 90 يوما
    [two] تدخلان خلال 90 يوما
    [few] { $n } تدخلات خلال 90 يوما
    [many] { $n } تدخلا خلال 90 يوما
   *[other] { $n } تدخل خلال 90 يوما
}
risk-several = { $n ->
    [zero] لا مجال يثير القلق
    [one] مجال واحد يثير القلق
    [two] مجالان يثيران القلق
    [few] { $n } مجالات تثير القلق
    [many] { $n } مجالا يثير القلق
   *[other] { $n } مجال يثير القلق
}
