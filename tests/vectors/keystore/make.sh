#!/bin/bash
# Makes the files of this folder anew, with other people's programs: OpenSSL 3, keytool (JDK 17), certtool (GnuTLS),
# pk12util (NSS), Bouncy Castle 1.72 and pyca/cryptography. All keys are made here and protect nothing.
# Run it in an empty folder; odd.py and BouncyCastle.java must lie beside it.
# Passwords are "passord" unless a line says otherwise.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out=$PWD
cd "$work"

# The material: a practice issuer, three leaves of one organisation, and keys of other kinds.
issue() { # name, key usage, subject
  openssl req -new -key "$1.key" -utf8 -subj "$3" -out "$1.csr"
  openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -days 3650 -sha256 -out "$1.pem" \
    -extfile <(printf 'keyUsage=critical,%s\ncertificatePolicies=2.16.578.1.26.1.3.5\n' "$2") 2>/dev/null
}
rsa() { openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:"$2" -out "$1.key" 2>/dev/null; }
bank='/C=NO/O=GRANITT SPAREBANK/organizationIdentifier=NTRNO-313045285/CN=GRANITT SPAREBANK'
rsa root 2048; rsa ca 2048; rsa auth 2048; rsa sign 2048; rsa enc 2048; rsa short 1024
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec.key
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out ec521.key
openssl genpkey -algorithm ED25519 -out ed.key
openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out pss.key 2>/dev/null
openssl req -x509 -new -key root.key -utf8 -subj '/C=NO/O=Portner/CN=Portner Øvelse rot' -days 7300 -out root.pem
openssl req -new -key ca.key -utf8 -subj '/C=NO/O=Portner/CN=Portner Øvelse utsteder' -out ca.csr
openssl x509 -req -in ca.csr -CA root.pem -CAkey root.key -days 7000 -out ca.pem \
  -extfile <(printf 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n') 2>/dev/null
issue auth digitalSignature "$bank"
issue sign nonRepudiation "$bank"
issue enc keyEncipherment,dataEncipherment "$bank"
issue short digitalSignature "$bank"
issue ec digitalSignature "$bank"
issue ec521 digitalSignature "$bank"
issue ed digitalSignature "$bank"
issue pss digitalSignature "$bank"
# Written down for the tests: SHA-256 of certificates and public keys, by OpenSSL.
for name in root ca auth sign enc short ec ec521 ed pss; do
  printf '%s %s %s\n' "$name" "$(openssl x509 -in $name.pem -outform der | sha256sum | cut -d' ' -f1)" \
    "$(openssl pkey -in $name.key -pubout -outform der | sha256sum | cut -d' ' -f1)"
done > "$out/fingerprints.txt"
cat ca.pem root.pem > chain.pem
cat root.pem ca.pem > shuffled.pem

# OpenSSL.
p12() { # file, leaf, options
  local file=$1 leaf=$2; shift 2
  openssl pkcs12 -export -inkey "$leaf.key" -in "$leaf.pem" -passout pass:"${password-passord}" -name "$leaf" -out "$out/$file" "$@"
}
p12 openssl-chain.p12 auth -certfile chain.pem
p12 openssl-shuffled.p12 auth -certfile shuffled.pem
p12 openssl-legacy.p12 auth -certfile chain.pem -legacy
p12 openssl-3des.p12 auth -legacy -certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES
p12 openssl-rc2-128-2des.p12 auth -legacy -certpbe PBE-SHA1-RC2-128 -keypbe PBE-SHA1-2DES
p12 openssl-aes128-sha512.p12 auth -certpbe AES-128-CBC -keypbe AES-128-CBC -macalg sha512
p12 openssl-aes192-sha384.p12 auth -certpbe AES-192-CBC -keypbe AES-192-CBC -macalg sha384
p12 openssl-pbes2-3des-sha224.p12 auth -certpbe DES-EDE3-CBC -keypbe DES-EDE3-CBC -macalg sha224
p12 openssl-mac-sha1.p12 auth -macalg sha1
p12 openssl-mac-sha3.p12 auth -macalg sha3-256
p12 openssl-nomac.p12 auth -nomac
p12 openssl-plain.p12 auth -nomac -keypbe NONE -certpbe NONE
p12 openssl-noiter.p12 auth -noiter -nomaciter
p12 openssl-600k.p12 auth -iter 600000
p12 openssl-rc4.p12 auth -legacy -certpbe PBE-SHA1-RC4-128
p12 openssl-camellia.p12 auth -certpbe CAMELLIA-256-CBC
p12 openssl-short.p12 short
p12 openssl-ec.p12 ec
p12 openssl-ec521.p12 ec521
p12 openssl-ed25519.p12 ed
p12 openssl-pss.p12 pss
password='' p12 openssl-empty.p12 auth
password='' p12 openssl-empty-legacy.p12 auth -legacy
password='blåbærgrøt' p12 openssl-letters.p12 auth
password='blåbærgrøt' p12 openssl-letters-legacy.p12 auth -legacy
password='nøkkel😀' p12 openssl-emoji.p12 auth
password='nøkkel😀' p12 openssl-emoji-legacy.p12 auth -legacy
openssl pkcs12 -export -nokeys -in chain.pem -passout pass:passord -out "$out/openssl-certificates.p12"

# OpenSSL, PEM and DER. The prf of PBES2 can only be chosen here.
{ cat auth.key auth.pem chain.pem; } > "$out/pkcs8.pem"
{ openssl rsa -in auth.key -traditional 2>/dev/null; cat auth.pem; } > "$out/pkcs1.pem"
{ openssl ec -in ec.key 2>/dev/null; cat ec.pem; } > "$out/sec1.pem"
{ openssl rsa -in auth.key -traditional -aes256 -passout pass:passord 2>/dev/null; cat auth.pem; } > "$out/pkcs1-aes256.pem"
for prf in hmacWithSHA1 hmacWithSHA224 hmacWithSHA384 hmacWithSHA512; do
  openssl pkcs8 -topk8 -in auth.key -v2 aes-256-cbc -v2prf $prf -passout pass:passord -out "$out/pkcs8-$prf.pem"
done
{ openssl pkcs8 -topk8 -in auth.key -v1 PBE-SHA1-3DES -passout pass:passord; cat auth.pem; } > "$out/pkcs8-3des.pem"
openssl pkcs12 -in "$out/openssl-chain.p12" -passin pass:passord -nodes -out "$out/openssl-pkcs12.pem" 2>/dev/null
{ cat auth.key sign.pem; } > "$out/differ.pem"
openssl x509 -in auth.pem -outform der -out "$out/auth.cer"
openssl pkcs8 -topk8 -nocrypt -in auth.key -outform der -out "$out/pkcs8.der"
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:8192 -outform der -out "$out/rsa8192.der"
openssl pkcs8 -topk8 -in auth.key -passout pass:passord -outform der -out "$out/pkcs8-encrypted.der"
openssl crl2pkcs7 -nocrl -certfile chain.pem -outform der -out "$out/chain.p7b"
openssl req -in auth.csr -outform der -out "$out/request.der"
openssl pkey -in auth.key -pubout -outform der -out "$out/public.der"

# keytool.
import() { # file, type, alias, key password, options
  local file=$1 type=$2 alias=$3 own=$4; shift 4
  keytool -importkeystore -noprompt -srckeystore "$out/openssl-chain.p12" -srcstorepass passord -srcalias auth \
    -destkeystore "$out/$file" -deststoretype "$type" -deststorepass passord -destkeypass "$own" -destalias "$alias" "$@" 2>/dev/null
}
import keytool.p12 PKCS12 auth passord
import keytool-legacy.p12 PKCS12 auth passord -J-Dkeystore.pkcs12.legacy
import keytool-open-certificates.p12 PKCS12 auth passord -J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE -J-Dkeystore.pkcs12.macAlgorithm=NONE
import keytool.jks JKS 'Blåbær' passord
import keytool-own-key-password.jks JKS auth nokkelpassord
import keytool.jceks JCEKS auth passord
keytool -importcert -noprompt -alias rot -file root.pem -keystore "$out/keytool.jks" -storepass passord 2>/dev/null
keytool -importcert -noprompt -alias rot -file root.pem -keystore "$out/keytool-trust.p12" -storetype PKCS12 -storepass passord 2>/dev/null
keytool -genseckey -alias hemmelig -keyalg AES -keysize 128 -keystore "$out/keytool-secret.p12" -storetype PKCS12 -storepass passord 2>/dev/null
keytool -genseckey -alias hemmelig -keyalg AES -keysize 128 -keystore "$out/keytool.jceks" -storetype JCEKS -storepass passord -keypass passord 2>/dev/null

# GnuTLS.
certtool --to-p12 --load-privkey auth.key --load-certificate auth.pem --p12-name auth --password passord --outder --outfile "$out/certtool.p12" 2>/dev/null
certtool --to-p12 --load-privkey auth.key --load-certificate auth.pem --p12-name auth --password passord --outfile "$out/certtool.pem" 2>/dev/null
certtool --to-p12 --load-privkey auth.key --load-certificate auth.pem --p12-name auth --null-password --outder --outfile "$out/certtool-null.p12" 2>/dev/null

# NSS: BER with indefinite lengths.
mkdir nss; certutil -N -d nss --empty-password
pk12util -i "$out/openssl-chain.p12" -d nss -W passord >/dev/null
pk12util -o "$out/pk12util.p12" -n auth -d nss -W passord >/dev/null
pk12util -o "$out/pk12util-legacy.p12" -n auth -d nss -W passord -c "PKCS #12 V2 PBE With SHA-1 And 3KEY Triple DES-CBC" \
  -C "PKCS #12 V2 PBE With SHA-1 And 40 Bit RC2 CBC" >/dev/null

# Bouncy Castle: BER with strings in pieces.
java -cp /usr/share/java/bcprov.jar:/usr/share/java/bcpkix.jar "$here/BouncyCastle.java" "$out/openssl-chain.p12" "$out/bouncycastle.p12"

# What no program above writes, though others have: by hand, on hashlib and pyca/cryptography.
python3 "$here/odd.py" "$work" "$out"

# A zip file, and base64 text.
(cd "$out" && cp openssl-3des.p12 "$work/auth.p12" && cd "$work" && echo 'Passord kommer i brev.' > les.txt && zip -q "$out/mailed.zip" auth.p12 les.txt)
base64 -w 64 "$out/openssl-3des.p12" > "$out/base64.txt"
