import { chromium } from 'playwright-core';
const base='http://127.0.0.1:8110';
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu','--hide-scrollbars']});
async function open(user,width,height,scale){const c=await b.newContext({baseURL:base,viewport:{width,height},isMobile:width<700,deviceScaleFactor:scale,timezoneId:'Africa/Casablanca'});await c.addCookies([{name:'lang',value:'ar',url:base}]);const p=await c.newPage();await p.goto('/login');await p.fill('[name=username]',user);await p.fill('[name=password]','sanad-demo-2026');await Promise.all([p.waitForNavigation(),p.click('main form[action="/login"] button')]);return p;}
let p=await open('worker.rabat',1280,1200,1);
await p.goto('/cases?filter=mine');const hs=await p.locator('.case h3 a').evaluateAll(l=>l.map(a=>a.getAttribute('href')));
let best,score=-1;for(const h of hs){await p.goto(h);const s=await p.evaluate(()=>document.querySelectorAll('.node.indigo').length*3+document.querySelectorAll('.quote').length*3+Math.min(document.querySelectorAll('.ev').length,9)+document.querySelectorAll('.steps .d').length*4-(document.querySelector('.idbar .acts')?0:50)-(document.querySelectorAll('.sum a').length<2?10:0));if(s>score){score=s;best=h}}
await p.goto(best);await p.evaluate(()=>document.fonts.ready);await p.screenshot({path:'/tmp/h10s/case-doc.png'});
p=await open('worker.rabat',390,1500,2);await p.goto('/contacts/new');
await p.locator('label[for="child-0-sex-F"]').click().catch(()=>{});await p.locator('label[for^="child-0-age-"]').nth(2).click();await p.locator('label[for^="child-0-flag-"]').nth(1).click();
await p.evaluate(()=>scrollTo(0,0));await p.screenshot({path:'/tmp/h10s/contact-doc.png'});
await b.close();
