// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/xxh3.h"

#include <QTest>

#define XXH_INLINE_ALL
#include <xxhash.h>

using namespace QtDelivery;

/*! Whatever instructions it chooses, the value is part of the wire protocol. */
class TestXxh3 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameAsReference();
};

void TestXxh3::sameAsReference()
{
    QByteArray bytes(5000, Qt::Uninitialized);
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = char(i * 131 + i / 256);
    for (qsizetype size = 0; size <= bytes.size(); ++size) {
        const QByteArrayView part = QByteArrayView(bytes).first(size);
        QCOMPARE(xxh3(part), quint64(XXH3_64bits(part.data(), size_t(size))));
    }
}

QTEST_APPLESS_MAIN(TestXxh3)
#include "tst_xxh3.moc"
