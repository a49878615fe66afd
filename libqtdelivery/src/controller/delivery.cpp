// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/delivery.h>

#include "deliveryextra.h"
#include "storage/payloadfiles.h"
#include "words/text.h"

#include <QBuffer>
#include <QFile>

namespace QtDelivery {

QString Delivery::name() const
{
    return m_extra ? m_extra->name : QString();
}

qint64 Delivery::payloadSize() const
{
    return m_extra && m_extra->file ? qint64(m_extra->file->size()) : m_payload.size();
}

QString Delivery::payloadFile() const
{
    if (!m_extra || !m_extra->file)
        return {};
    return m_extra->takenAs.isEmpty() ? m_extra->file->path() : m_extra->takenAs;
}

/*! What decrypts the payload's file; null if that need not be. */
std::shared_ptr<PayloadSource> Delivery::encryptedPayload() const
{
    const bool isInSpool = m_extra && m_extra->file && m_extra->takenAs.isEmpty();
    return isInSpool ? m_extra->file->decrypted() : nullptr;
}

std::unique_ptr<QIODevice> Delivery::openPayload() const
{
    std::unique_ptr<QIODevice> device;
    const auto source = encryptedPayload();
    if (source) {
        device = payloadDevice(source);
    } else if (const QString path = payloadFile(); !path.isEmpty()) {
        device = std::make_unique<QFile>(path);
    } else {
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData(m_payload);
        device = std::move(buffer);
    }
    (void)device->open(QIODevice::ReadOnly); // the caller sees whether it is
    return device;
}

Error Delivery::takePayloadFile(const QString &path, bool replaced) const
{
    if (!m_extra || !m_extra->file)
        return {Error::Code::InvalidArgument, Text::tr("The payload is not in a file.")};
    const auto source = encryptedPayload();
    if (const Error error = source ? writePayloadFile(*source, path, replaced)
                                   : movePayloadFile(payloadFile(), path, replaced))
        return error;
    m_extra->takenAs = path;
    return {};
}

} // namespace QtDelivery
