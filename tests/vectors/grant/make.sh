#!/bin/sh
# Makes a key, a certificate and the signature of a grant with OpenSSL alone, as a known answer:
# RS256 has one right signature for each input, so ours must be the same to the last bit.
set -eu
cd "$(dirname "$0")"
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -days 36500 \
  -subj '/C=NO/O=GRANITT SPAREBANK/2.5.4.97=NTRNO-313045285/CN=GRANITT SPAREBANK' \
  -addext 'keyUsage=critical,digitalSignature' 2>/dev/null
openssl pkcs8 -topk8 -nocrypt -in key.pem -outform DER -out key.pk8
openssl x509 -in certificate.pem -outform DER -out certificate.der
encode() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
certificate=$(openssl base64 -A -in certificate.der)
header=$(printf '{"alg":"RS256","x5c":["%s"]}' "$certificate" | encode)
claims=$(printf '%s' '{"aud":"https://test.maskinporten.no/","iss":"238259d7-f0ab-4bd5-b253-0f0159375096","scope":"brreg:reelle/rapporteringspliktig","iat":1795176000,"exp":1795176120,"jti":"b1197d5a-0c68-4c4a-a95c-dc07c1194600"}' | encode)
signature=$(printf '%s.%s' "$header" "$claims" | openssl dgst -sha256 -sign key.pem -binary | encode)
printf '%s.%s.%s' "$header" "$claims" "$signature" > grant.jwt
rm key.pem certificate.pem
