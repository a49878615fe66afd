// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "storageciphers.h"

#include "lockedmemory.h"
#include "storage/keyerrors.h"

#include <sodium.h>

#include <array>
#include <cstring>
#include <vector>

namespace QtDelivery {

namespace {

static_assert(PieceTagSize == crypto_aead_xchacha20poly1305_ietf_ABYTES);
static_assert(StorageKeySize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(FileSaltSize == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(StorageKeySize == crypto_generichash_KEYBYTES);

constexpr QByteArrayView IdInput("QtDelivery: id of a key");

const unsigned char *ucharsOf(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

const unsigned char *ucharsOf(const PieceNonce &nonce)
{
    return reinterpret_cast<const unsigned char *>(nonce.data());
}

class LockedKey
{
public:
    [[nodiscard]] bool isValid() const { return m_bytes != nullptr; }
    [[nodiscard]] unsigned char *bytes() const { return m_bytes.get(); }
    /*! What only who has this key can derive from \a input. */
    void derive(QByteArrayView input, unsigned char *out, size_t size) const
    {
        crypto_generichash(out, size, ucharsOf(input),
                           static_cast<unsigned long long>(input.size()), m_bytes.get(),
                           size_t(StorageKeySize));
    }

private:
    LockedMemory m_bytes = lockedMemory(StorageKeySize);
};

class SodiumCipher final : public PieceCipher
{
public:
    explicit SodiumCipher(LockedKey key)
        : m_key(std::move(key))
    { }

    void seal(const PieceNonce &nonce, QByteArrayView head, char *data, qint64 size) const override
    {
        auto *const bytes = reinterpret_cast<unsigned char *>(data);
        crypto_aead_xchacha20poly1305_ietf_encrypt_detached(
            bytes, bytes + size, nullptr, bytes, static_cast<unsigned long long>(size),
            ucharsOf(head), static_cast<unsigned long long>(head.size()), nullptr, ucharsOf(nonce),
            m_key.bytes());
    }
    bool open(const PieceNonce &nonce, QByteArrayView head, char *data, qint64 size) const override
    {
        auto *const bytes = reinterpret_cast<unsigned char *>(data);
        return crypto_aead_xchacha20poly1305_ietf_decrypt_detached(
                   bytes, nullptr, bytes, static_cast<unsigned long long>(size), bytes + size,
                   ucharsOf(head), static_cast<unsigned long long>(head.size()), ucharsOf(nonce),
                   m_key.bytes())
            == 0;
    }

private:
    const LockedKey m_key;
};

class SodiumKeys final : public CipherKeys
{
public:
    /*! False if there is no memory for it. */
    [[nodiscard]] bool add(const QByteArray &key)
    {
        Named named{QByteArray(KeyIdSize, Qt::Uninitialized), LockedKey()};
        if (!named.key.isValid())
            return false;
        std::memcpy(named.key.bytes(), key.constData(), size_t(StorageKeySize));
        std::array<unsigned char, crypto_generichash_BYTES_MIN> id{};
        named.key.derive(IdInput, id.data(), id.size());
        std::memcpy(named.id.data(), id.data(), size_t(KeyIdSize));
        m_keys.push_back(std::move(named));
        return true;
    }

    QByteArrayList ids() const override
    {
        QByteArrayList ids;
        for (const Named &named : m_keys)
            ids.append(named.id);
        return ids;
    }
    QByteArray newSalt() const override
    {
        QByteArray salt(FileSaltSize, Qt::Uninitialized);
        randombytes_buf(salt.data(), size_t(salt.size()));
        return salt;
    }
    std::unique_ptr<PieceCipher> cipher(QByteArrayView keyId, QByteArrayView header) const override
    {
        for (const Named &named : m_keys) {
            if (named.id != keyId)
                continue;
            LockedKey key;
            if (!key.isValid())
                return nullptr;
            named.key.derive(header, key.bytes(), size_t(StorageKeySize));
            return std::make_unique<SodiumCipher>(std::move(key));
        }
        return nullptr;
    }

private:
    struct Named
    {
        QByteArray id;
        LockedKey key;
    };
    std::vector<Named> m_keys;
};

} // namespace

Result<std::shared_ptr<const CipherKeys>> makeCipherKeys(const QList<QByteArray> &keys)
{
    auto made = std::make_shared<SodiumKeys>();
    for (const QByteArray &key : keys) {
        Q_ASSERT(key.size() == StorageKeySize);
        if (!made->add(key))
            return noLockedMemory();
    }
    return std::shared_ptr<const CipherKeys>(std::move(made));
}

} // namespace QtDelivery
