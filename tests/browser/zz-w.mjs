import { chromium } from 'playwright-core';
const base='http://127.0.0.1:8110';
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu']});
const c=await b.newContext({baseURL:base,viewport:{width:320,height:800},isMobile:process.argv[3]!=='ar'});await c.addCookies([{name:'lang',value:process.argv[3]||'fr',url:base}]);
const p=await c.newPage();await p.goto('/login');await p.fill('[name=username]',process.argv[2]);await p.fill('[name=password]','sanad-demo-2026');await Promise.all([p.waitForNavigation(),p.click('main form[action="/login"] button')]);
for(const q of ['/prosecution?state=child','/prosecution?state=adult','/prosecution?state=decided','/prosecution?state=received','/prosecution?state=transmitted']){await p.goto(q);const h=await p.locator('#files h3 a').first().getAttribute('href').catch(()=>0); if(!h)continue;await p.goto(h);
console.log(q,await p.evaluate(()=>[document.documentElement.scrollWidth,...[...document.querySelectorAll('main *')].filter(e=>{const r=e.getBoundingClientRect();return (r.right>321||r.left< -1)}).map(e=>e.outerHTML.slice(0,150)+' @'+Math.round(e.getBoundingClientRect().right)+' in '+e.parentElement.outerHTML.slice(0,120))].join('\n')));}
await b.close();
