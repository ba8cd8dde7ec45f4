import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.security.KeyStore;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Copies the key "auth" of one PKCS#12 file into another that Bouncy Castle writes. */
class BouncyCastle {
    public static void main(String[] args) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        char[] password = "passord".toCharArray();
        KeyStore from = KeyStore.getInstance("PKCS12", "SunJSSE");
        from.load(new FileInputStream(args[0]), password);
        KeyStore to = KeyStore.getInstance("PKCS12", "BC");
        to.load(null, null);
        to.setKeyEntry("auth", from.getKey("auth", password), null, from.getCertificateChain("auth"));
        to.store(new FileOutputStream(args[1]), password);
    }
}
