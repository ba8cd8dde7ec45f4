"""Writes PKCS#12 files that real programs have written, but none of those at hand does; and JWKs.

Called by make.sh: odd.py FOLDER_OF_KEYS FOLDER_OF_RESULTS
"""
import base64
import hashlib
import hmac
import json
import os
import sys
import unicodedata

from cryptography import x509
from cryptography.hazmat.primitives import serialization as ser
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

work, out = sys.argv[1], sys.argv[2]


def tlv(tag, *parts):
    body = b"".join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 128 | len(length)]) + length + body


def seq(*parts): return tlv(0x30, *parts)
def octets(body): return tlv(4, body)
def explicit(body): return tlv(0xA0, body)
def integer(value): return tlv(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(text):
    arcs = [int(arc) for arc in text.split(".")]
    body = bytes([arcs[0] * 40 + arcs[1]])
    for arc in arcs[2:]:
        piece = [arc & 127]
        while arc := arc >> 7:
            piece.insert(0, 128 | arc & 127)
        body += bytes(piece)
    return tlv(6, body)


P12 = "1.2.840.113549.1.12."
PKCS5 = "1.2.840.113549.1.5."
HMAC = {"sha1": "1.2.840.113549.2.7", "sha256": "1.2.840.113549.2.9", "sha512": "1.2.840.113549.2.11"}
NULL = tlv(5)


def kdf(hash_name, use, password, salt, rounds, length):
    """RFC 7292 B.2; password is the BMPString with terminator, or nothing."""
    v = hashlib.new(hash_name).block_size
    fill = lambda piece: (piece * v)[: -(-len(piece) // v) * v] if piece else b""
    i, result = fill(salt) + fill(password), b""
    while len(result) < length:
        a = bytes([use]) * v + i
        for _ in range(rounds):
            a = hashlib.new(hash_name, a).digest()
        result += a
        b = int.from_bytes((a * v)[:v], "big") + 1
        i = b"".join(((int.from_bytes(i[at:at + v], "big") + b) % 2 ** (8 * v)).to_bytes(v, "big") for at in range(0, len(i), v))
    return result[:length]


def bmp(text): return text.encode("utf-16-be") + b"\0\0"
def pad(data, block): return data + bytes([block - len(data) % block]) * (block - len(data) % block)


def pbes1(password, data, rounds=2048):
    """pbeWithSHAAnd3-KeyTripleDES-CBC: AlgorithmIdentifier and ciphertext."""
    salt = os.urandom(8)
    key, iv = (kdf("sha1", use, password, salt, rounds, length) for use, length in ((1, 24), (2, 8)))
    encryptor = Cipher(algorithms.TripleDES(key), modes.CBC(iv)).encryptor()
    return seq(oid(P12 + "1.3"), seq(octets(salt), integer(rounds))), encryptor.update(pad(data, 8))


def pbes2(password, data, rounds=2048):
    """AES-256-CBC, PBKDF2 with the default prf, HMAC-SHA-1."""
    salt, iv = os.urandom(8), os.urandom(16)
    key = hashlib.pbkdf2_hmac("sha1", password, salt, rounds, 32)
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    kdf_id = seq(oid(PKCS5 + "12"), seq(octets(salt), integer(rounds)))
    return seq(oid(PKCS5 + "13"), seq(kdf_id, seq(oid("2.16.840.1.101.3.4.1.42"), octets(iv)))), encryptor.update(pad(data, 16))


def attributes(name=None, key_id=None):
    found = []
    if name: found.append(seq(oid("1.2.840.113549.1.9.20"), tlv(0x31, tlv(0x1E, name.encode("utf-16-be")))))
    if key_id: found.append(seq(oid("1.2.840.113549.1.9.21"), tlv(0x31, octets(key_id))))
    return tlv(0x31, *found) if found else b""


def bag(kind, value, **attrs): return seq(oid(P12 + "10.1.%d" % kind), explicit(value), attributes(**attrs))
def cert_bag(der, **attrs): return bag(3, seq(oid("1.2.840.113549.1.9.22.1"), explicit(octets(der))), **attrs)
def plain_safe(*bags): return seq(oid("1.2.840.113549.1.7.1"), explicit(octets(seq(*bags))))


def shrouded(key, encrypt, **attrs):
    algorithm, data = encrypt(key)
    return bag(2, seq(algorithm, octets(data)), **attrs)


def locked_safe(encrypt, *bags):
    algorithm, data = encrypt(seq(*bags))
    content = seq(oid("1.2.840.113549.1.7.1"), algorithm, tlv(0x80, data))
    return seq(oid("1.2.840.113549.1.7.6"), explicit(seq(integer(0), content)))


def mac(password, rounds=2048, hash_name="sha1", digest_oid="1.3.14.3.2.26"):
    def over(content):
        salt = os.urandom(8)
        key = kdf(hash_name, 3, password, salt, rounds, hashlib.new(hash_name).digest_size) if rounds < 10 ** 7 else b""
        return seq(seq(seq(oid(digest_oid), NULL), octets(hmac.digest(key, content, hash_name))), octets(salt), integer(rounds))
    return over


def pbmac1(password, hash_name, rounds=2048):
    def over(content):
        salt = os.urandom(8)
        length = hashlib.new(hash_name).digest_size
        key = hashlib.pbkdf2_hmac(hash_name, password, salt, rounds, length)
        kdf_id = seq(oid(PKCS5 + "12"), seq(octets(salt), integer(rounds), integer(length), seq(oid(HMAC[hash_name]), NULL)))
        algorithm = seq(oid(PKCS5 + "14"), seq(kdf_id, seq(oid(HMAC[hash_name]), NULL)))
        return seq(seq(algorithm, octets(hmac.digest(key, content, hash_name))), octets(b"NOT USED"), integer(1))
    return over


def write(file, safes, over=None, after=b""):
    content = seq(*safes)
    parts = [integer(3), seq(oid("1.2.840.113549.1.7.1"), explicit(octets(content)))]
    if over: parts.append(over(content))
    with open(os.path.join(out, file), "wb") as f:
        f.write(seq(*parts) + after)


def key(name):
    with open(os.path.join(work, name + ".key"), "rb") as f:
        return ser.load_pem_private_key(f.read(), None)


def pkcs8(name): return key(name).private_bytes(ser.Encoding.DER, ser.PrivateFormat.PKCS8, ser.NoEncryption())


def cert(name):
    with open(os.path.join(work, name + ".pem"), "rb") as f:
        return x509.load_pem_x509_certificate(f.read()).public_bytes(ser.Encoding.DER)


WORD = bmp("passord")
by = lambda password: lambda data: pbes1(password, data)

# The null password: nothing at all goes into the derivation.
write("odd-null.p12", [locked_safe(by(b""), cert_bag(cert("auth"))), plain_safe(shrouded(pkcs8("auth"), by(b"")))], mac(b""))
# OpenSSL before 1.1: every byte of the typed UTF-8 is taken for a character; PBES2 takes the bytes themselves.
letters = "blåbærgrøt"
wrong = bmp(letters.encode().decode("latin-1"))
write("odd-old-openssl.p12", [locked_safe(by(wrong), cert_bag(cert("auth"))), plain_safe(shrouded(pkcs8("auth"), lambda data: pbes2(letters.encode(), data)))], mac(wrong))
# Decomposed letters, as macOS hands them out.
apart = unicodedata.normalize("NFD", letters)
write("odd-decomposed.p12", [plain_safe(cert_bag(cert("auth")), shrouded(pkcs8("auth"), lambda data: pbes2(apart.encode(), data)))], mac(bmp(apart)))
# Latin-1 bytes into PBKDF2.
write("odd-latin1.p12", [plain_safe(cert_bag(cert("auth")), shrouded(pkcs8("auth"), lambda data: pbes2(letters.encode("latin-1"), data)))])
# RFC 9579.
for hash_name in HMAC:
    write("odd-pbmac1-%s.p12" % hash_name, [locked_safe(lambda data: pbes2(b"passord", data), cert_bag(cert("auth"))), plain_safe(shrouded(pkcs8("auth"), lambda data: pbes2(b"passord", data)))], pbmac1(b"passord", hash_name))
# No identifiers at all, three keys, certificates in another order.
names = ("auth", "sign", "enc")
write("odd-three-without-ids.p12", [plain_safe(*(cert_bag(cert(name)) for name in ("root", "enc", "ca", "auth", "sign"))), plain_safe(*(shrouded(pkcs8(name), by(WORD)) for name in names))], mac(WORD))
# Three keys of the same name, identifiers that point to the wrong certificates.
write("odd-three-wrong-ids.p12", [plain_safe(*(cert_bag(cert(name), key_id=bytes([at])) for at, name in enumerate(("enc", "auth", "sign"), 1))), plain_safe(*(shrouded(pkcs8(name), by(WORD), name="nøkkel", key_id=bytes([at])) for at, name in enumerate(names, 1)))], mac(WORD))
# SafeContents in SafeContents, bytes after the end, a name outside the Basic Multilingual Plane.
write("odd-nested.p12", [plain_safe(bag(6, seq(bag(6, seq(cert_bag(cert("auth")), shrouded(pkcs8("auth"), by(WORD), name="nøkkel😀"))))))], mac(WORD), after=b"\r\n\0\0\0")
# One of two keys has a password of its own.
write("odd-two-passwords.p12", [plain_safe(cert_bag(cert("auth")), cert_bag(cert("sign")), shrouded(pkcs8("auth"), by(WORD), name="auth"), shrouded(pkcs8("sign"), by(bmp("annet")), name="sign"))], mac(WORD))
# The certificate is another key's; there is none; it cannot be read.
write("odd-differ.p12", [plain_safe(cert_bag(cert("sign"), key_id=b"1"), shrouded(pkcs8("auth"), by(WORD), name="auth", key_id=b"1"))], mac(WORD))
write("odd-no-certificate.p12", [plain_safe(shrouded(pkcs8("auth"), by(WORD), name="auth"))], mac(WORD))
write("odd-broken-certificate.p12", [plain_safe(cert_bag(cert("ca")[:300]), cert_bag(cert("auth")), shrouded(pkcs8("auth"), by(WORD), name="auth"))], mac(WORD))
# The last number of the key is off by one bit.
broken = bytearray(pkcs8("auth"))
broken[-3] ^= 1
write("odd-broken-key.p12", [plain_safe(cert_bag(cert("auth")), shrouded(bytes(broken), by(WORD), name="auth"))], mac(WORD))
# More rounds than anyone needs: one number too large, and a sum too large.
write("odd-rounds.p12", [plain_safe(cert_bag(cert("auth")))], mac(WORD, rounds=2 ** 31 - 1))
many = seq(oid(P12 + "1.3"), seq(octets(b"saltsalt"), integer(9_000_000)))
write("odd-rounds-sum.p12", [plain_safe(*(bag(2, seq(many, octets(bytes(16)))) for _ in range(4)))])

# JSON Web Keys.
b64 = lambda number: base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()
numbers = key("auth").private_numbers()
public = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "mitt-system-2026", "n": b64(numbers.public_numbers.n), "e": b64(numbers.public_numbers.e)}
private = public | {"d": b64(numbers.d), "p": b64(numbers.p), "q": b64(numbers.q), "dp": b64(numbers.dmp1), "dq": b64(numbers.dmq1), "qi": b64(numbers.iqmp)}
with_certificate = private | {"x5c": [base64.b64encode(cert(name)).decode() for name in ("auth", "ca")]}
ec = key("ec").private_numbers()
ec_key = {"kty": "EC", "crv": "P-256", "kid": "ec", "x": b64(ec.public_numbers.x), "y": b64(ec.public_numbers.y), "d": b64(ec.private_value)}
raw = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=").decode()
ed_key = {"kty": "OKP", "crv": "Ed25519", "kid": "ed", "d": raw(key("ed").private_bytes_raw()), "x": raw(key("ed").public_key().public_bytes_raw())}
for file, content in (("private.jwk", private), ("public.jwk", public), ("set.jwks", {"keys": [public | {"kid": "old"}, with_certificate, ec_key, ed_key]})):
    with open(os.path.join(out, file), "w") as f:
        json.dump(content, f)
