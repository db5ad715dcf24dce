-- Where the people of this bench live and what they are called: names in the order of how many bear them, workers
-- of the seven cities. All of it is invented for the bench; the names are common ones and no person's.
create schema bench;

-- A number below `below`, always the same for `n`; `salt` gives another series.
create function bench.dice(n integer, salt integer, below integer) returns integer language sql immutable as
$$ select (abs(hashint4extended(n, salt) % below))::integer $$;

-- A UUIDv7 of that moment, always the same for that name.
create function bench.id(at timestamptz, name text) returns uuid language sql stable as
$$ select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(name), 1, 3)
           || '8' || substr(md5(name), 4, 15))::uuid $$;

-- One of `many`, the first the most often: how often falls as one by the rank, after the first `q` more slowly (the law
-- of Zipf and Mandelbrot).
create function bench.pick(n integer, salt integer, many integer, q integer) returns integer language sql immutable as
$$ select 1 + least(many - 1, floor(q * (power((many + q)::float8 / q, bench.dice(n, salt, 1000000)::float8 / 1000000) - 1))::integer) $$;

-- Given names: Arabic, then the Latin spellings that registers and schools use. -------------------------------------
create table bench.given as
select 'M' as sex, nth::integer, split_part(line, '=', 1) as ar, string_to_array(split_part(line, '=', 2), '|') as la
from unnest(array[
    'محمد=Mohamed|Mohammed|Mohamad', 'أحمد=Ahmed|Ahmad', 'يوسف=Youssef|Yousef|Youcef', 'عبد الله=Abdellah|Abdallah',
    'محمد أمين=Mohamed Amine|Mohammed Amin', 'حمزة=Hamza', 'مهدي=Mehdi|Mahdi', 'عمر=Omar|Omer', 'أيوب=Ayoub|Ayyoub',
    'ياسين=Yassine|Yacine', 'إبراهيم=Brahim|Ibrahim', 'رشيد=Rachid|Rashid', 'سعيد=Said|Saïd', 'حسن=Hassan|Hasan',
    'الحسين=El Houssine|Lhoussine|El Hossain', 'خالد=Khalid|Khaled', 'عبد الرحيم=Abderrahim|Abderahim', 'مصطفى=Mustapha|Mostafa',
    'كريم=Karim', 'زكرياء=Zakaria|Zakariae', 'أنس=Anas|Anass', 'بلال=Bilal|Billal', 'إسماعيل=Ismail|Smail', 'عثمان=Othmane|Otmane',
    'رضا=Reda|Rida', 'أمين=Amine|Amin', 'عبد الرحمان=Abderrahmane|Abderrahman', 'طارق=Tarik|Tariq', 'مراد=Mourad|Morad',
    'نور الدين=Noureddine|Nordine', 'سفيان=Soufiane|Sofiane', 'أسامة=Oussama|Ossama', 'هشام=Hicham|Hisham', 'جواد=Jaouad|Jawad',
    'علي=Ali', 'عز الدين=Azzeddine|Azeddine', 'إدريس=Driss|Idriss', 'جمال=Jamal', 'فؤاد=Fouad|Fouâd', 'عماد=Imad', 'وليد=Walid|Oualid',
    'صلاح الدين=Salaheddine|Salah Eddine', 'بدر=Badr', 'نبيل=Nabil', 'ريان=Rayan|Rayane', 'آدم=Adam', 'إلياس=Ilyas|Ilias',
    'مولاي أحمد=Moulay Ahmed|My Ahmed', 'المهدي=El Mehdi', 'حميد=Hamid', 'عبد العزيز=Abdelaziz', 'منير=Mounir|Mounire',
    'عبد القادر=Abdelkader|Abdelqader', 'توفيق=Toufik|Taoufik', 'موسى=Moussa', 'مامادو=Mamadou', 'إبراهيما=Ibrahima', 'سليمان=Soulaimane|Slimane',
    'أمغار=Amghar', 'يدير=Idir'
]) with ordinality as list (line, nth)
union all
select 'F', nth::integer, split_part(line, '=', 1), string_to_array(split_part(line, '=', 2), '|')
from unnest(array[
    'فاطمة=Fatima|Fatma', 'فاطمة الزهراء=Fatima Zahra|Fatima Ezzahra|Fatimazahra', 'خديجة=Khadija|Khadidja', 'مريم=Maryam|Meryem|Mariam',
    'عائشة=Aicha|Aïcha', 'زينب=Zineb|Zaineb', 'سلمى=Salma|Selma', 'إيمان=Imane|Iman', 'سارة=Sara|Sarah', 'هاجر=Hajar|Hajer',
    'أمينة=Amina', 'نادية=Nadia', 'حسناء=Hasnaa|Hasna', 'سميرة=Samira', 'لطيفة=Latifa', 'رشيدة=Rachida', 'نعيمة=Naima|Naïma', 'حنان=Hanane|Hanan',
    'كريمة=Karima', 'سعاد=Souad', 'سناء=Sanae|Sana', 'ليلى=Leila|Laila', 'كوثر=Kaoutar|Kawtar', 'أسماء=Asmae|Asma', 'غزلان=Ghizlane|Ghizlan',
    'إكرام=Ikram|Ikrame', 'شيماء=Chaimae|Chaima', 'نسرين=Nisrine|Nesrine', 'دعاء=Douae|Doaa', 'هدى=Houda|Hoda', 'ملاك=Malak', 'جنة=Janna|Jenna',
    'رقية=Rokia|Roqaya', 'حليمة=Halima', 'ربيعة=Rabia', 'مليكة=Malika', 'نجاة=Najat', 'فتيحة=Fatiha', 'بشرى=Bouchra|Bochra', 'وفاء=Wafae|Wafaa',
    'يسرى=Yousra|Yosra', 'آية=Aya', 'ريم=Rim|Rime', 'لالة خديجة=Lalla Khadija', 'زهرة=Zahra|Zohra', 'حفيظة=Hafida', 'إلهام=Ilham', 'سكينة=Soukaina|Sokaina',
    'أميمة=Oumaima|Omaima', 'نهيلة=Nouhaila|Nohaila', 'صفاء=Safae|Safaa', 'مينة=Mina', 'تودة=Touda', 'إيطو=Itto', 'أميناتا=Aminata', 'مرياما=Mariama',
    'عزيزة=Aziza', 'ثريا=Touria|Thouria', 'جميلة=Jamila', 'ابتسام=Ibtissam|Ibtisam'
]) with ordinality as list (line, nth);

-- Family names, then "son of", "people of" and "sons of" with the given names of men. ---------------------------------
create table bench.family as
with own as (
    select nth::integer, split_part(line, '=', 1) as ar, split_part(line, '=', 2) as la
    from unnest(array[
        'العلوي=Alaoui', 'الإدريسي=Idrissi', 'العمراني=Lamrani', 'بناني=Bennani', 'التازي=Tazi', 'الفاسي=El Fassi', 'الشرقاوي=Cherkaoui',
        'المرابط=Mrabet', 'الناصري=Naciri', 'برادة=Berrada', 'أمزيان=Ameziane', 'الحسني=Hassani', 'الزروالي=Zerouali', 'الوزاني=Ouazzani',
        'السباعي=Sbai', 'العباسي=Abbassi', 'الكتاني=Kettani', 'بنجلون=Benjelloun', 'الصقلي=Skalli', 'العراقي=Laraki', 'الغزالي=El Ghazali',
        'الخطابي=Khattabi', 'المنصوري=Mansouri', 'الطاهري=Tahiri', 'الصديقي=Seddiki', 'البقالي=Bakkali', 'الهاشمي=El Hachimi', 'الرحماني=Rahmani',
        'الزهراوي=Zahraoui', 'المالكي=Malki', 'الرامي=Rami', 'حجي=Hajji', 'الحداد=Haddad', 'النجار=Najjar', 'الخياط=Khayat', 'الدباغ=Debbagh',
        'الصباغ=Sebbagh', 'العطار=Attar', 'البوزيدي=Bouzidi', 'القادري=Kadiri', 'الجيلالي=Jilali', 'الشاوي=Chaoui', 'الدكالي=Doukkali',
        'الريفي=Rifi', 'السوسي=Soussi', 'الفيلالي=Filali', 'الصحراوي=Sahraoui', 'المراكشي=Marrakchi', 'الرباطي=Rbati', 'السلاوي=Slaoui',
        'التطواني=Tetouani', 'المكناسي=Meknassi', 'الغرباوي=Gharbaoui', 'البوعزاوي=Bouazzaoui', 'بوشعيب=Bouchaib', 'بوزيان=Bouziane',
        'بوعزة=Bouazza', 'بوجمعة=Boujemaa', 'بلقاسم=Belkacem', 'بلمقدم=Belmokaddem', 'بلحاج=Belhaj', 'بنشقرون=Benchekroun', 'بنيس=Bennis',
        'بنموسى=Benmoussa', 'بنعمر=Benomar', 'بنسودة=Bensouda', 'بنكيران=Benkirane', 'أوحسين=Ouhssine', 'أومليل=Oumlil', 'أيت صالح=Ait Salah',
        'آيت أوفقير=Ait Oufkir', 'أزولاي=Azoulay', 'أخنوش=Akhannouch', 'أمهاوش=Amhaouch', 'أكنسوس=Aguensous', 'الكرواني=Guerouani', 'ولد سلمة=Ould Salma',
        'الزياني=Ziani', 'القباج=Kabbaj', 'الخمليشي=Khamlichi', 'السرغيني=Serghini', 'العسري=Laasri', 'الجابري=Jabri', 'المسعودي=Messaoudi',
        'الوردي=Ouardi', 'شكري=Choukri', 'لحلو=Lahlou', 'جسوس=Guessous', 'كنون=Guennoun', 'ديالو=Diallo', 'تراوري=Traoré', 'كوليبالي=Coulibaly',
        'كامارا=Camara', 'كيتا=Keita', 'با=Ba', 'سيسوكو=Sissoko'
    ]) with ordinality as list (line, nth)
), all_names as (
    select nth, ar, la from own
    union all
    select 1000 + nth * 3 + form, (array['بن ', 'آيت ', 'ولد '])[form + 1] || ar, (array['Ben ', 'Ait ', 'Ould '])[form + 1] || la[1]
    from bench.given, generate_series(0, 2) form where sex = 'M'
)
select row_number() over (order by nth)::integer as nth, ar, la from all_names;
create index on bench.given (sex, nth);
create index on bench.family (nth);

-- Staff -------------------------------------------------------------------------------------------------------------
create table bench.city as
select c.territory_id, c.slug, t.file_prefix as prefix,
       array(select p.code from ref.place p where p.territory_id = c.territory_id and p.selectable order by p.code) as places
from plan.city c join ref.territory t on t.id = c.territory_id;
create table bench.staff as
select username, bench.id('2021-01-04', username) as id, role, territory from (
    select 'worker' || n || '.' || slug as username, 'social_worker' as role, territory_id as territory from bench.city, generate_series(1, 40) n
    union all select 'supervisor.' || slug, 'supervisor', territory_id from bench.city) s;
insert into sec.app_user (id, username, name_ar, name_la)
select id, username, 'اسم مختلق', 'Invented ' || username from bench.staff;
insert into sec.role_assignment (id, user_id, role, territory_id, valid)
select bench.id('2021-01-04', 'assignment ' || username), id, role, territory, daterange('2021-01-04', null) from bench.staff;
