digest-title = الرسالة اليومية
digest-claim = كل صباح، تخبرك رسالة إلكترونية بعدد المهام المتأخرة وعدد مهام اليوم. لا تتضمن أي اسم ولا رقم ملف ولا مكان.
digest-off-here = هذا الخادم لا يرسل رسائل إلكترونية.
digest-off = لا تُرسل إليك أي رسالة.
digest-to = تُرسل إلى { $address }
digest-since = تأكيد العنوان: { $date }.
digest-last = آخر رسالة: { $date }.
digest-keep = الضبط
digest-address = عنوان بريدك المهني
digest-address-new = عنوان آخر
digest-address-wrong = عنوان بريد إلكتروني واحد وكامل.
digest-address-hint = ليس عنوانك الشخصي: ما تتوصل به يدل على أنك تعمل هنا.
digest-ask = إرسال رمز
digest-code = الرمز المتوصل به
digest-code-hint = أُرسل رمز إلى { $address }. صلاحيته ساعة واحدة.
digest-code-wrong = الرمز غير صحيح أو انتهت صلاحيته. بعد خمس محاولات، اطلب رمزا آخر.
digest-too-many = أُرسلت خمسة رموز اليوم. حاول مرة أخرى غدا.
digest-confirm = تأكيد العنوان
digest-end = إيقاف الرسائل
digest-subject = سند: يومك
digest-late = { $n ->
    [zero] لا مهمة متأخرة.
    [one] مهمة واحدة متأخرة.
    [two] مهمتان متأخرتان.
    [few] { $n } مهام متأخرة.
    [many] { $n } مهمة متأخرة.
   *[other] { $n } مهمة متأخرة.
}
digest-today = { $n ->
    [zero] لا مهمة لليوم.
    [one] مهمة واحدة لليوم.
    [two] مهمتان لليوم.
    [few] { $n } مهام لليوم.
    [many] { $n } مهمة لليوم.
   *[other] { $n } مهمة لليوم.
}
digest-open = فتح القائمة
digest-foot = طلبتَ هذه الرسالة في سند، من صفحة «حسابي»، ويمكنك إيقافها منها.
digest-code-subject = سند: رمز التأكيد
digest-code-text = أدخل هذا الرمز في سند لتصلك الرسالة اليومية على هذا العنوان.
digest-code-foot = إذا لم تطلب شيئا فلا تفعل شيئا: دون هذا الرمز لن يُرسل شيء إلى هنا.
