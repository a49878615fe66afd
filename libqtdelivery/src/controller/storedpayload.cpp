// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "storedpayload.h"

#include "storage/payloadfiles.h"

namespace QtDelivery {

bool StoredPayload::read(quint64 offset, char *to, qsizetype size)
{
    if (m_reader)
        return m_reader->read(qint64(offset), to, size);
    if (!m_file) {
        Result<std::shared_ptr<PayloadSource>> opened = openPayloadFile(m_path);
        if (!opened || (*opened)->size() != m_size)
            return false;
        m_file = *std::move(opened);
    }
    const bool isRead = m_file->read(offset, to, size);
    if (!isRead || offset + quint64(size) == m_size)
        m_file.reset(); // what was put right is another file
    return isRead;
}

} // namespace QtDelivery
