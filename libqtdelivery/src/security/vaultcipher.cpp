// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "vaultcipher.h"

#include "lockedmemory.h"
#include "words/text.h"

#include <QDir>
#include <QtEndian>

#include <sodium.h>

#include <cstring>

namespace QtDelivery {

namespace {

constexpr QByteArrayView VaultMagic("QDVAULT\n");
constexpr quint32 VaultVersion = 1;
constexpr qsizetype VersionAt = 8;
constexpr qsizetype PassesAt = 12;
constexpr qsizetype MemoryAt = 16;
constexpr qsizetype SaltAt = 24;
constexpr qsizetype CheckAt = SaltAt + qsizetype(crypto_pwhash_SALTBYTES);
constexpr qsizetype HalfBytes = 32; // of what is derived: the key, and the check
constexpr qsizetype NonceAt = CheckAt + HalfBytes;
constexpr qsizetype NonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype HeaderBytes = NonceAt + NonceBytes;
constexpr qsizetype TagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr qsizetype SumBytes = 16;

static_assert(HalfBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(HeaderBytes == 96);

// A file must not make us take more of the machine than this.
constexpr quint64 MostMemory = 1024ULL * 1024 * 1024;
constexpr quint32 MostPasses = 64;

const unsigned char *bytesOf(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

unsigned char *bytesOf(QByteArray *bytes, qsizetype at)
{
    return reinterpret_cast<unsigned char *>(bytes->data() + at);
}

QByteArray sumOf(QByteArrayView bytes)
{
    QByteArray sum(SumBytes, Qt::Uninitialized);
    crypto_generichash(bytesOf(&sum, 0), SumBytes, bytesOf(bytes), size_t(bytes.size()), nullptr,
                       0);
    return sum;
}

} // namespace

/*! The passphrase, the key derived from it, and from what else it was derived. */
class VaultCipher::Secrets
{
public:
    explicit Secrets(const QByteArray &passphrase)
        : m_length(passphrase.size())
        , m_passphrase(lockedMemory(qMax<qsizetype>(m_length, 1)))
        , m_derived(lockedMemory(2 * HalfBytes))
    {
        if (m_passphrase)
            std::memcpy(m_passphrase.get(), passphrase.constData(), size_t(m_length));
    }

    /*! Derives, unless that is done, from passes, memory and salt in the header of \a vault. */
    [[nodiscard]] Error derive(QByteArrayView vault);
    [[nodiscard]] const unsigned char *key() const { return m_derived.get(); }
    [[nodiscard]] const unsigned char *check() const { return m_derived.get() + HalfBytes; }
    /*! The part of the header from which the key was derived; empty before. */
    [[nodiscard]] const QByteArray &source() const { return m_source; }

private:
    const qsizetype m_length;
    const LockedMemory m_passphrase;
    const LockedMemory m_derived;
    QByteArray m_source;
};

Error VaultCipher::Secrets::derive(QByteArrayView vault)
{
    const QByteArrayView source = vault.sliced(PassesAt, CheckAt - PassesAt);
    if (source == m_source)
        return {};
    m_source.clear();
    const auto passes = qFromLittleEndian<quint32>(vault.data() + PassesAt);
    const auto memory = qFromLittleEndian<quint64>(vault.data() + MemoryAt);
    const bool isDerived = m_passphrase && m_derived
        && crypto_pwhash(m_derived.get(), 2 * HalfBytes,
                         reinterpret_cast<const char *>(m_passphrase.get()),
                         static_cast<unsigned long long>(m_length), bytesOf(vault.sliced(SaltAt)),
                         passes, size_t(memory), crypto_pwhash_ALG_ARGON2ID13)
            == 0;
    if (!isDerived)
        return {Error::Code::StorageFailed,
                Text::tr("There is not enough memory to make a key from the passphrase.")};
    m_source = source.toByteArray();
    return {};
}

VaultCipher::VaultCipher(const QByteArray &passphrase)
    : d(std::make_unique<Secrets>(passphrase))
{ }

VaultCipher::~VaultCipher() = default;

bool VaultCipher::isSupported()
{
    return isSodiumReady();
}

Result<QByteArray> VaultCipher::open(const QByteArray &vault, const QString &path)
{
    if (vault.size() < HeaderBytes + TagBytes + SumBytes
        || !vault.startsWith(VaultMagic.toByteArray()))
        return vaultDamaged(path);
    if (qFromLittleEndian<quint32>(vault.constData() + VersionAt) > VaultVersion)
        return Error(Error::Code::UnknownFormat,
                     //: %1 is a file
                     Text::tr("%1 was written by a newer version, which this one cannot read.")
                         .arg(QDir::toNativeSeparators(path)));
    const QByteArrayView body = QByteArrayView(vault).chopped(SumBytes);
    const auto passes = qFromLittleEndian<quint32>(vault.constData() + PassesAt);
    const auto memory = qFromLittleEndian<quint64>(vault.constData() + MemoryAt);
    const bool isWhole = vault.endsWith(sumOf(body)) && passes >= crypto_pwhash_OPSLIMIT_MIN
        && passes <= MostPasses && memory >= crypto_pwhash_MEMLIMIT_MIN && memory <= MostMemory;
    if (!isWhole)
        return vaultDamaged(path);
    if (Error error = d->derive(body))
        return error;
    if (sodium_memcmp(d->check(), vault.constData() + CheckAt, size_t(HalfBytes)) != 0)
        return Error(
            Error::Code::AccessDenied,
            //: %1 is a file
            Text::tr("The passphrase is not that of %1.").arg(QDir::toNativeSeparators(path)));
    const QByteArrayView sealed = body.sliced(HeaderBytes);
    QByteArray content(sealed.size() - TagBytes, Qt::Uninitialized);
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        bytesOf(&content, 0), nullptr, nullptr, bytesOf(sealed),
        static_cast<unsigned long long>(sealed.size()), bytesOf(body), HeaderBytes,
        bytesOf(body.sliced(NonceAt)), d->key());
    if (failed != 0)
        return vaultDamaged(path);
    return content;
}

Result<QByteArray> VaultCipher::seal(const QByteArray &content)
{
    if (!isSodiumReady())
        return vaultsUnsupported();
    QByteArray vault(HeaderBytes + content.size() + TagBytes, Qt::Uninitialized);
    std::memcpy(vault.data(), VaultMagic.data(), size_t(VaultMagic.size()));
    qToLittleEndian(VaultVersion, vault.data() + VersionAt);
    if (d->source().isEmpty()) {
        qToLittleEndian(quint32(crypto_pwhash_OPSLIMIT_INTERACTIVE), vault.data() + PassesAt);
        qToLittleEndian(quint64(crypto_pwhash_MEMLIMIT_INTERACTIVE), vault.data() + MemoryAt);
        randombytes_buf(bytesOf(&vault, SaltAt), crypto_pwhash_SALTBYTES);
    } else {
        std::memcpy(vault.data() + PassesAt, d->source().constData(), size_t(d->source().size()));
    }
    if (Error error = d->derive(vault))
        return error;
    std::memcpy(vault.data() + CheckAt, d->check(), size_t(HalfBytes));
    randombytes_buf(bytesOf(&vault, NonceAt), size_t(NonceBytes));
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        bytesOf(&vault, HeaderBytes), nullptr, bytesOf(content),
        static_cast<unsigned long long>(content.size()), bytesOf(vault), HeaderBytes, nullptr,
        bytesOf(&vault, NonceAt), d->key());
    vault += sumOf(vault);
    return vault;
}

} // namespace QtDelivery
