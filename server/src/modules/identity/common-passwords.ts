/**
 * Passwords of twelve and more characters that head every public breach list, and words that become one with digits and signs around
 * them. Short on purpose: it ships with the product and needs no network. Lower case, compared after undoing "leet" spelling.
 */
export const COMMON: ReadonlySet<string> = new Set(
  `
  password passwordpassword passwort passwords mypassword yourpassword thepassword newpassword oldpassword changepassword defaultpassword
  temppassword temporarypassword password1234 password12345 password123456 password123456789 passw0rd1234 passphrase
  changeme changemenow changemeplease pleasechangeme letmein letmeinnow letmeinplease welcome welcomehome welcomeback welcometo
  welcome12345 administrator admin adminadmin adminadminadmin adminpassword administrador admin1234567 admin12345678 rootroot rootpassword
  superuser superadmin supervisor secret secretsecret topsecret supersecret secretpassword
  iloveyou iloveyouso iloveyouforever iloveyou1234 iloveyou12345 ilovemyfamily ilovemymom iloveme
  qwertyuiop qwertyuiopas qwertyuiopasdf qwertyuiop123 qwertyuiop1234 qwerty qwertyqwerty qwerty123456 qwerty1234567 qwerty12345678
  qwertzuiop qwertz123456 qazwsxedcrfv qazwsxedc123 asdfghjkl asdfghjkl123 asdfghjklqwe zxcvbnm zxcvbnm12345 asdfasdfasdf
  1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1qaz2wsx3edc 1qaz2wsx3edc4rfv q1w2e3r4t5y6 1qazxsw23edc zaq12wsxcde3 zaq1xsw2cde3
  123456789012 1234567890123 12345678901234 123456789123 1234567891234 123456789abc 123456abcdef 123123123123 112233445566
  111111111111 000000000000 121212121212 987654321098 098765432109 123454321234 102030405060 159753159753 147258369147
  abcdefghijkl abcdefgh1234 abcd12345678 abc123456789 abc123abc123 a1b2c3d4e5f6 aaaaaaaaaaaa asdf12345678 aa1234567890
  football basketball baseballbaseball footballfootball sunshine sunshine1234 princess princessprincess dragon dragondragon monkey monkeymonkey
  superman batman starwars pokemon michael jordan charlie liverpool manchesterunited chelsea arsenal barcelona realmadrid
  correcthorsebatterystaple correcthorsebattery trustno trustnoone whatever whateverwhatever computer computercomputer internet
  january february march april may june july august september october november december spring summer autumn winter
  monday tuesday wednesday thursday friday saturday sunday
  company companyname network networks networkadmin mikrotik routeros cisco ciscocisco juniper ubuntu debian linux windows microsoft google
  test testtest testtesttest testpassword testing testuser guest guestguest demo demodemo demopassword example examplepassword
  default defaultdefault unknown nopassword nothing access accessgranted master mastermaster masterpassword login loginlogin
  `
    .trim()
    .split(/\s+/),
);
