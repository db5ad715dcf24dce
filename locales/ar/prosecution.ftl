judicial-desk-court = ملفات المحكمة
judicial-desk-cell = الملفات المحالة على النيابة العامة
judicial-today = ما ينتظر اليوم
judicial-new = جديد
judicial-arrived = وصل
judicial-sections = أقسام الملف
judicial-urgent = مستعجل
judicial-decided = مبتوت فيه
judicial-to-confirm = في انتظار تأكيد من رجل قانون

judicial-state-draft = في انتظار الإحالة
judicial-state-withdrawn = عوضته صيغة أحدث
judicial-state-transmitted = في انتظار الإشعار بالتوصل
judicial-state-received = توصلت به النيابة العامة
judicial-state-returned = أُرجع للاستكمال
judicial-state-under-study = قيد الدراسة
judicial-state-closed = مغلق

judicial-filter = تصفية الملفات
judicial-filter-all = الكل
judicial-filter-draft = في انتظار الإحالة
judicial-filter-transmitted = في انتظار التوصل
judicial-filter-received = لدى النيابة العامة
judicial-filter-child = تدبير للطفل
judicial-filter-adult = قرار بشأن راشد
judicial-filter-decided = مبتوت فيها

judicial-col-file = الملف
judicial-col-state = الوضعية
judicial-col-waiting = المنتظر من النيابة العامة
judicial-order = ما ينتظر اليوم أولا، ثم الأحدث
judicial-no-names = الأسماء لا تظهر في القوائم. فتح الملف يُسجل في سجل الاطلاع.
judicial-empty = لا ملف هنا
judicial-empty-court = لم يصل إلى هذه المحكمة أي ملف بهذا الوصف.
judicial-empty-cell = لا يوجد ملف محال أو في انتظار الإحالة بهذا الوصف. يبدأ تحضير الإحالة من ملف الطفل.

judicial-children = { $n ->
    [zero] دون طفل
    [one] طفل واحد
    [two] طفلان
    [few] { $n } أطفال
    [many] { $n } طفلا
   *[other] { $n } طفل
}
judicial-adults = { $n ->
    [zero] دون راشد
    [one] راشد واحد
    [two] راشدان
    [few] { $n } راشدين
    [many] { $n } راشدا
   *[other] { $n } راشد
}
judicial-children-h = { $n ->
    [zero] الأطفال
    [one] الطفل
    [two] الطفلان
    [few] الأطفال
    [many] الأطفال
   *[other] الأطفال
}
judicial-adults-h = { $n ->
    [zero] الراشدون
    [one] الراشد
    [two] الراشدان
    [few] الراشدون
    [many] الراشدون
   *[other] الراشدون
}
judicial-children-waiting = { $n ->
    [zero] لا تدبير منتظرا
    [one] تدبير لفائدة طفل
    [two] تدبير لفائدة طفلين
    [few] تدبير لفائدة { $n } أطفال
    [many] تدبير لفائدة { $n } طفلا
   *[other] تدبير لفائدة { $n } طفل
}
judicial-children-done = تدبير كل طفل مسجل
judicial-next-transmit = إحالة من مسؤول(ة) الخلية
decision-adults-waiting = { $n ->
    [zero] لا قرار منتظرا
    [one] قرار بشأن راشد
    [two] قرار بشأن راشدين
    [few] قرار بشأن { $n } راشدين
    [many] قرار بشأن { $n } راشدا
   *[other] قرار بشأن { $n } راشد
}
decision-adults-done = قرار كل راشد مسجل
judicial-todo-receive = { $n ->
    [zero] لا ملف ينتظر الإشعار بالتوصل
    [one] ملف ينتظر الإشعار بالتوصل
    [two] ملفان ينتظران الإشعار بالتوصل
    [few] { $n } ملفات تنتظر الإشعار بالتوصل
    [many] { $n } ملفا ينتظر الإشعار بالتوصل
   *[other] { $n } ملف ينتظر الإشعار بالتوصل
}
judicial-todo-receive-hint = خلال 24 ساعة من الإحالة
judicial-todo-measure = { $n ->
    [zero] لا تدبير منتظرا
    [one] ملف ينتظر تدبيرا للطفل
    [two] ملفان ينتظران تدبيرا للطفل
    [few] { $n } ملفات تنتظر تدبيرا للطفل
    [many] { $n } ملفا ينتظر تدبيرا للطفل
   *[other] { $n } ملف ينتظر تدبيرا للطفل
}
judicial-todo-measure-hint = لدى النيابة العامة
judicial-pressing = { $n ->
    [zero] لا شيء مستعجلا
    [one] منها ملف مستعجل
    [two] منها ملفان مستعجلان
    [few] منها { $n } ملفات مستعجلة
    [many] منها { $n } ملفا مستعجلا
   *[other] منها { $n } ملف مستعجل
}
judicial-todo-transmit = { $n ->
    [zero] لا ملف ينتظر الإحالة
    [one] ملف ينتظر الإحالة
    [two] ملفان ينتظران الإحالة
    [few] { $n } ملفات تنتظر الإحالة
    [many] { $n } ملفا ينتظر الإحالة
   *[other] { $n } ملف ينتظر الإحالة
}
judicial-todo-transmit-hint = يحيلها مسؤول(ة) الخلية

judicial-extract = الملف المحال
judicial-extract-draft = الملف كما سيُحال
judicial-seal-matches = البصمة مطابقة
judicial-seal-broken = البصمة غير مطابقة
judicial-frozen = جُمّد في { $when }.
judicial-composed-by = حضّره: { $name }.
judicial-transmitted-by = أحاله: { $name }.
judicial-frozen-rule = كل تصحيح يفتح ملفا جديدا.
judicial-print = بصمة الملف
judicial-shape = صيغة { $version }
judicial-referral = الإحالة
judicial-from = من
judicial-to = المحكمة
judicial-basis = الأساس القانوني
judicial-ages-on = السن بتاريخ
judicial-facts = الوقائع
judicial-place = المكان
judicial-when = الوقت
judicial-circumstance = الظروف
judicial-no-contact = لا تدخل ميدانيا في أصل هذا الملف
judicial-child-n = الطفل(ة) { $n }
judicial-adult-n = الراشد(ة) { $n }
judicial-case-number = ملف الطفل
judicial-no-adult = لا راشد في هذا الملف
judicial-to-child = مع الطفل(ة) { $n }:
judicial-tie-verified = قرابة مثبتة
judicial-tie-claimed = تصريح غير مثبت
judicial-summary = ملخص الوضعية والاقتراح
judicial-not-in = ما لا يتضمنه هذا الملف
judicial-not-in-text = محتوى الحصص الطبية والنفسية، وعنوان الإيواء، وما صُرح به للخلية في إطار المواكبة.

judicial-custody = مسار الملف
judicial-step-composed = التحضير
judicial-step-transmitted = الإحالة على النيابة العامة
judicial-step-received = الإشعار بالتوصل
judicial-not-yet = ليس بعد
judicial-transmit = إحالة على النيابة العامة
judicial-transmit-hint = يصل الملف كما هو أدناه إلى: { $court }. لا يمكن سحبه بعد الإحالة.
judicial-transmitting = إرسال…
judicial-waits-for-supervisor = الإحالة من اختصاص مسؤول(ة) الخلية.
judicial-recompose = تحضير صيغة جديدة
judicial-receive = إشعار بالتوصل
judicial-to-case = ملف الطفل
judicial-court-changed = تغيير المحكمة
judicial-court-proposed-was = المحكمة المقترحة: { $court }

judicial-measures = تدابير لفائدة الأطفال
judicial-measures-hint = لكل طفل تدابيره. قد يُضاف تدبير إلى آخر، والخطأ يُصحح بقرار تصحيح.
judicial-recorded = مسجل
judicial-waiting = في الانتظار
judicial-measure = التدبير
judicial-measure-of = تدبير لفائدة الطفل(ة) { $n }
judicial-measure-record = تسجيل التدبير
judicial-instructions = تعليمات للخلية
judicial-recording = تسجيل…
judicial-adults-elsewhere = القرارات بشأن الراشدين لا تظهر هنا. وضعية الأم في صفحتها.

decision-adults = قرارات بشأن الراشدين
decision-adults-hint = كل راشد على حدة. القرار لا يغير تدبير الطفل، ولا يظهر في صفحته.
decision-none = لا قرار بعد
decision-pending = القرار معلق
decision-prosecuted = متابعة
decision-not-prosecuted = عدم المتابعة
decision-pending-means = لا يفتح الخدمات الأربع ولا يغلقها. تبقى المساعدة الاستعجالية للأم وخدمات الطفل ممكنة.
decision-prosecuted-means = إذا كانت الأم هي المعنية، تتوقف خدماتها الأربع. خدمات الطفل لا تتأثر.
decision-not-prosecuted-means = إذا كانت الأم هي المعنية، تُفتح خدماتها الأربع تلقائيا.
decision-kind = القرار
decision-offence = التكييف القانوني
decision-offence-words = الفصل { $article } من القانون الجنائي: { $title }
decision-reason = السبب
decision-day = تاريخ القرار
decision-act = رقم المقرر
decision-act-number = المقرر عدد
decision-text = تعليل يطلع عليه أعضاء المحكمة فقط
decision-record = تسجيل القرار
decision-change = قرار جديد
decision-kept = كل قرار مؤرخ ومسجل باسم صاحبه ولا يُمحى. القرار اللاحق يُضاف إلى ما سبقه، والخطأ يُصحح بقرار تصحيح.
decision-history = { $n ->
    [zero] لا قرار سابقا
    [one] قرار سابق
    [two] قراران سابقان
    [few] { $n } قرارات سابقة
    [many] { $n } قرارا سابقا
   *[other] { $n } قرار سابق
}
decision-act-invalid = رقم المقرر: أرقام وحروف لاتينية و / و . و - فقط. مثال: 118/2026
decision-act-taken = هذا الرقم مسجل هذه السنة في ملف آخر بهذه المحكمة.
decision-before-transmission = هذا التاريخ سابق لإحالة الملف.
decision-moved = سُجل قرار آخر في هذه الأثناء، وهو ظاهر في هذه الصفحة. ما كُتب باق: المرجو الاطلاع على القرار، ثم التسجيل إن بقي صحيحا.
decision-sent-otherwise = سُجل هذا القرار من قبل بمضمون مختلف، وهو ظاهر في هذه الصفحة. إن كان المقصود قرارا آخر، فالمرجو تسجيله من جديد.

judicial-moved = تغيرت وضعية هذا الملف في هذه الأثناء. المرجو فتحه من جديد.
judicial-case-closed = ملف الطفل مغلق. يجب إعادة فتحه قبل تحضير الإحالة.
judicial-composed-otherwise = حُضّرت هذه الإحالة من قبل بمضمون مختلف. المرجو فتح ملف الطفل من جديد.
judicial-court-note-needed = المرجو توضيح السبب.

judicial-compose = تحضير إحالة على النيابة العامة
judicial-compose-hint = يُجمّد الملف كما يُحضر هنا: ما ستراه النيابة العامة هو ما سيظهر في الصفحة الموالية، حرفا بحرف.
judicial-compose-next = تظهر بعده الصيغة المجمدة قبل إحالتها
judicial-freeze = تجميد الملف
judicial-q-court = إلى أي محكمة؟
judicial-q-court-hint = المحكمة المقترحة حسب مكان التدخل: { $court }. الاختصاص الترابي في انتظار تأكيده.
judicial-q-court-none = لا توجد محكمة مقترحة لهذه العمالة. المرجو اختيار المحكمة.
judicial-q-court-other = محكمة أخرى غير المقترحة
judicial-q-court-reason = سبب تغيير المحكمة
judicial-q-court-note = توضيح
judicial-q-children = من الأطفال؟
judicial-q-children-hint = طفل هذا الملف حاضر دائما. يُضاف من أفراد الأسرة من له ملف مفتوح وتعنيه الوقائع نفسها.
judicial-q-children-none = لا يوجد طفل آخر من الأسرة بملف مفتوح.
judicial-q-adults = من الراشدون المعنيون؟
judicial-q-adults-hint = لكل راشد قرار على حدة. القرابة تُذكر كما هي: مثبتة أو مصرح بها.
judicial-q-adults-none = لا يوجد راشد مرتبط بهذا الطفل في الملف.
judicial-summary-label = النص
judicial-summary-hint = الوقائع كما عُوينت، ووضعية الأسرة، وما تقترحه الخلية لمصلحة الطفل. دون معطيات طبية أو عنوان.
judicial-q-urgent = هل ينتظر الطفل تدبيرا اليوم؟
judicial-q-urgent-hint = يظهر الملف في مقدمة ملفات المحكمة.
judicial-then = ما يلي
judicial-then-text = يطلع مسؤول(ة) الخلية على الصيغة المجمدة ثم يحيلها. تجميد صيغة جديدة يعوض الصيغة التي لم تُحل بعد.
judicial-basis-child-victim = طفل ضحية (قانون المسطرة الجنائية)
judicial-basis-difficult-situation = طفل في وضعية صعبة (قانون المسطرة الجنائية)
judicial-basis-begging-offence = التسول رفقة طفل أو استخدامه أو تسليمه (القانون الجنائي، الفصول 326 إلى 330)
judicial-basis-trafficking = الاتجار بالبشر: استغلال طفل في التسول (القانون رقم 27.14، الفصل 448-1)
judicial-basis-abandoned-child = طفل مهمل (القانون رقم 15.01)

judicial-panel = النيابة العامة
judicial-panel-none = لم يُحل هذا الملف على النيابة العامة.

notice-title = إشعار استعجالي
notice-title-many = إشعارات استعجالية
notice-unseen = { $n ->
    [zero] لا إشعار استعجاليا ينتظر
    [one] إشعار استعجالي ينتظر
    [two] إشعاران استعجاليان ينتظران
    [few] { $n } إشعارات استعجالية تنتظر
    [many] { $n } إشعارا استعجاليا ينتظر
   *[other] { $n } إشعار استعجالي ينتظر
}
notice-unseen-hint = إشعارات الخلية للنيابة العامة
notice-waiting = لم يطلع عليه أحد بعد
notice-acknowledged = اطلعت عليه النيابة العامة
notice-registered = توصلت به كتابة النيابة العامة
notice-led-to = أُحيل بعده الملف
notice-before = على إثر الإشعار الاستعجالي المؤرخ في
notice-sent-on = أُحيل
notice-send-on = إحالة الإشعار على محكمة أخرى
notice-send-on-hint = ينتقل الإشعار إلى المحكمة المختارة، ويُشعَر به القاضي المداوم فيها فورا، ولا تعود هذه المحكمة تطلع عليه.
notice-frozen-h = الإشعار كما أُرسل
notice-frozen = أُرسل في { $when }.
notice-frozen-rule = لا يُسحب ولا يُغير.
notice-child = الطفل(ة)
notice-no-flag = لا علامة خطر مسجلة
notice-callback = للاتصال بالخلية
notice-callback-cell = خلية المساعدة الاجتماعية
notice-receipt = الاطلاع
notice-not-seen = يُسجل التوصل والاطلاع باسم من يؤكدهما وتراهما الخلية فورا. ويبقى الإشعار في الانتظار إلى أن يطلع عليه أحد قضاة النيابة العامة.
notice-acknowledge = تسجيل الاطلاع
notice-register = تسجيل التوصل بكتابة النيابة العامة
notice-no-name = الإشعار لا يتضمن أي اسم.
notice-send = إرسال الإشعار الآن
notice-send-hint = يصل فورا إلى النيابة العامة المختصة: جنس الطفل وسنه، والمكان والوقت، وعلامات الخطر، ورقم الملف. دون اسم. لا يمكن سحبه.
notice-sent-otherwise = هذا الإشعار مرتبط بإرسال آخر. المرجو فتح ملف الطفل من جديد.
notice-no-court = لا توجد محكمة معروفة لهذه العمالة. المرجو الاتصال هاتفيا بالنيابة العامة.
judicial-notes = مذكرات النيابة العامة
judicial-notes-court = للنيابة العامة وحدها
judicial-note-text = مذكرة جديدة
judicial-note-save = تسجيل المذكرة
