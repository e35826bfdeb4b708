/**
 * Words that the passwords people choose most are made of, in lower case and letters only. A password that is one or two
 * of them, with digits and signs around, is guessed within the first thousands of attempts.
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `
  password passwort passwd passw pass parola motdepasse contrasena contrasenha senha kennwort geheim segreto secret
  geheimnis segreta qwerty qwertz azerty qwertyuiop qwertzuiop azertyuiop asdf asdfg asdfgh asdfghjkl zxcvbn zxcvbnm
  yxcvbnm qazwsx qazwsxedc wasd abcdef admin administrator administrateur administrador amministratore adminadmin root
  toor superuser sysadmin operator manager master system server backup holdfast restore monitor network computer
  internet database windows linux ubuntu debian proxmox vmware oracle postgres mysql cisco router switch firewall
  raspberry changeme change letmein login signin welcome willkommen benvenuto bienvenue bienvenido hello hallo ciao
  bonjour hola default guest test tester testing demo sample example temp temporary user username access enter open
  private public service support helpdesk office company business firma azienda entreprise empresa school student
  teacher doctor iloveyou loveyou loveme lovely love lover amore tiamo tequiero jetaime ichliebedich schatz tesoro
  princess principessa prinzessin sunshine sonnenschein shadow monkey dragon drache tiger lion panther eagle falcon
  wolf bear horse dolphin butterfly schmetterling farfalla flower flowers blume fiore rose orange banana apple cherry
  cookie chocolate cheese pepper ginger summer sommer winter autumn spring estate inverno primavera herbst fruehling
  january february march april june july august september october november december januar februar dezember gennaio
  monday tuesday wednesday thursday friday saturday sunday montag freitag sonntag domenica football fussball calcio
  soccer baseball basketball hockey tennis golf cricket juventus inter milan napoli roma barcelona realmadrid bayern
  liverpool arsenal chelsea manchester dortmund superman batman spiderman ironman starwars startrek pokemon naruto
  matrix gandalf hobbit harrypotter dumbledore mickey minnie snoopy garfield mustang ferrari porsche mercedes yamaha
  harley corvette camaro lamborghini michael michelle jessica jennifer jordan daniel andrew robert thomas matthew
  joshua charlie ashley amanda nicole hannah samantha alexander andrea francesco giuseppe marco luca matteo alessandro
  giovanni stefano maria anna martina giulia chiara sofia klaus stefan andreas michaela sabine julia laura sarah lisa
  pierre jean marie nicolas camille carlos jose juan pedro alejandro antonio freedom liberty america deutschland
  germany italia france espana london berlin paris madrid newyork texas vienna zurich jesus christ god angel heaven
  faith blessed buddha killer hunter ranger soldier warrior samurai ninja pirate wizard magic merlin phoenix thunder
  lightning storm rainbow diamond silver golden crystal purple yellow black white green blue red trustnoone trustno
  fuckyou fuckoff fuck bitch asshole biteme whatever nothing something anything everything forever family friends
  mother father sister brother baby babygirl babyboy buster maggie bailey rocky lucky happy birthday music guitar
  metallica nirvana slipknot linkinpark eminem rockstar hotdog pizza coffee beer whiskey vodka money dollar million
  casino poker lottery facebook google microsoft amazon youtube instagram twitter linkedin samsung iphone android
  nintendo playstation xbox minecraft fortnite warcraft counterstrike leagueoflegends ncc zaq xsw
  correcthorsebatterystaple correcthorse batterystaple thisisapassword thisismypassword mypassword newpassword
  opensesame abrakadabra abracadabra supercalifragilisticexpialidocious tobeornottobe maytheforcebewithyou
  ihatepasswords passwordpassword iamtheadmin
  `
    .trim()
    .split(/\s+/),
)
