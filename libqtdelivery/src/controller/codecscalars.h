// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/codecs.h>

// Single values <-> tree, for codectree.cpp: numbers, strings, byte arrays and enums. `value` and
// `out` point to an object of the meta-type.

namespace QtDelivery::Detail {

/*! Of an integer or enum. */
[[nodiscard]] bool isUnsigned(QMetaType type);

/*! The 64 bits of an integer or enum of any size; read them as isUnsigned() says. */
[[nodiscard]] qint64 readInteger(QMetaType type, const void *value);

QCborValue integerToTree(QMetaType type, const void *value, TreeFormat format);
Error integerFromTree(const QCborValue &tree, TreeFormat format, const TreePath &where,
                      QMetaType type, void *out);

Error realToTree(QMetaType type, const void *value, TreeFormat format, const TreePath &where,
                 QCborValue *out);
Error realFromTree(const QCborValue &tree, TreeFormat format, const TreePath &where, QMetaType type,
                   void *out);

Error stringToTree(const QString &string, const TreePath &where, QCborValue *out);

QCborValue bytesToTree(const QByteArray &bytes, TreeFormat format);
Error bytesFromTree(const QCborValue &tree, TreeFormat format, const TreePath &where,
                    QByteArray *out);

Error enumToTree(QMetaType type, const void *value, const TreePath &where, QCborValue *out);
Error enumFromTree(const QCborValue &tree, TreeFormat format, const TreePath &where, QMetaType type,
                   void *out);

/*! DecodeFailed: a value of the kind of \a example is expected, and \a tree is none. */
Error wrongType(const TreePath &where, const QCborValue &example, const QCborValue &tree);

/*! What is wrong with a value of a type that no codec knows. */
QString unsupportedText(QMetaType type);

} // namespace QtDelivery::Detail
