#!/bin/sh
# Makes more grants with OpenSSL alone, with the key and certificate that make.sh made: the other algorithms, a chain,
# a registered key, a system user and a consent. Each has one right signature, so ours must be the same to the bit.
set -eu
cd "$(dirname "$0")"
openssl pkey -inform DER -in key.pk8 -out key.pem
# A certificate for the same key from an authority whose own key is thrown away.
openssl req -x509 -newkey rsa:2048 -nodes -keyout ca-key.pem -out ca.pem -days 36500 -subj '/CN=Authority' \
  -addext 'keyUsage=critical,keyCertSign' 2>/dev/null
openssl req -new -key key.pem -out request.pem -subj '/C=NO/O=GRANITT SPAREBANK/2.5.4.97=NTRNO-313045285/CN=GRANITT SPAREBANK'
printf 'keyUsage=critical,digitalSignature\nbasicConstraints=CA:FALSE\n' > extensions.cnf
openssl x509 -req -in request.pem -CA ca.pem -CAkey ca-key.pem -days 36500 -extfile extensions.cnf \
  -outform DER -out issued.der 2>/dev/null
openssl x509 -in ca.pem -outform DER -out ca.der

encode() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
certificate() { openssl base64 -A -in "$1"; }
# name, digest, header, what stands after jti in the claims
grant() {
  header=$(printf '%s' "$3" | encode)
  claims=$(printf '%s' '{"aud":"https://test.maskinporten.no/","iss":"238259d7-f0ab-4bd5-b253-0f0159375096","scope":"brreg:reelle/rapporteringspliktig","iat":1795176000,"exp":1795176120,"jti":"b1197d5a-0c68-4c4a-a95c-dc07c1194600"'"$4"'}' | encode)
  signature=$(printf '%s.%s' "$header" "$claims" | openssl dgst "-$2" -sign key.pem -binary | encode)
  printf '%s.%s.%s' "$header" "$claims" "$signature" > "$1.jwt"
}
leaf=$(certificate certificate.der)
grant rs384 sha384 '{"alg":"RS384","x5c":["'"$leaf"'"]}' ''
grant rs512 sha512 '{"alg":"RS512","x5c":["'"$leaf"'"]}' ''
grant chain sha256 '{"alg":"RS256","x5c":["'"$(certificate issued.der)"'","'"$(certificate ca.der)"'"]}' ''
grant kid sha256 '{"alg":"RS256","kid":"mitt-system-2026-1"}' \
  ',"resource":["https://bank.example/dsop/"],"pid":"11913049987","consumer_org":"310886424"'
grant systemuser sha512 '{"alg":"RS512","kid":"mitt-system-2026-1"}' \
  ',"authorization_details":[{"type":"urn:altinn:systemuser","systemuser_org":{"authority":"iso6523-actorid-upis","ID":"0192:310886424"},"externalRef":"kunde-1"}]'
grant consent sha256 '{"alg":"RS256","x5c":["'"$leaf"'"]}' \
  ',"consumer_org":"310886424","authorization_details":[{"type":"urn:altinn:consent","id":"0f0159f3-7f1e-4d6c-9a35-5f1f2a6d8c11","from":"urn:altinn:person:identifier-no:11913049987"}]'
rm key.pem ca-key.pem ca.pem request.pem extensions.cnf
