#include "tests/support/tls_identity.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "core/c_handle.h"
#include "core/check.h"

namespace steppe::test {
namespace {

using Key = CHandle<EVP_PKEY, &EVP_PKEY_free>;
using Certificate = CHandle<X509, &X509_free>;
using Memory = CHandle<BIO, &BIO_free_all>;

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  STEPPE_CHECK(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

Certificate make_certificate(EVP_PKEY* key, const std::string& address, std::chrono::hours valid) {
  Certificate certificate(X509_new());
  X509* made = certificate.get();
  X509_set_version(made, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
  X509_gmtime_adj(X509_getm_notBefore(made), -86400);
  X509_gmtime_adj(X509_getm_notAfter(made), std::chrono::seconds(valid).count());
  X509_NAME* name = X509_get_subject_name(made);
  const auto* text = reinterpret_cast<const unsigned char*>(address.c_str());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
  X509_set_issuer_name(made, name);
  X509_set_pubkey(made, key);
  add_extension(made, NID_subject_alt_name, "IP:" + address);
  add_extension(made, NID_basic_constraints, "critical,CA:TRUE");
  STEPPE_CHECK(X509_sign(made, key, EVP_sha256()) > 0);
  return certificate;
}

std::string content_of(BIO* memory) {
  std::string text(BIO_ctrl_pending(memory), '\0');
  BIO_read(memory, text.data(), static_cast<int>(text.size()));
  return text;
}

std::string pem_of(EVP_PKEY* key) {
  const Memory memory(BIO_new(BIO_s_mem()));
  STEPPE_CHECK(PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) ==
               1);
  return content_of(memory.get());
}

std::string pem_of(X509* certificate) {
  const Memory memory(BIO_new(BIO_s_mem()));
  STEPPE_CHECK(PEM_write_bio_X509(memory.get(), certificate) == 1);
  return content_of(memory.get());
}

}  // namespace

TlsIdentity::TlsIdentity(const std::string& address, std::chrono::hours valid_for)
    : context_(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free) {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate = make_certificate(key.get(), address, valid_for);
  certificate_pem_ = pem_of(certificate.get());
  key_pem_ = pem_of(key.get());
  STEPPE_CHECK(SSL_CTX_use_certificate(context_.get(), certificate.get()) == 1);
  STEPPE_CHECK(SSL_CTX_use_PrivateKey(context_.get(), key.get()) == 1);
}

}  // namespace steppe::test
