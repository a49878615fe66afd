// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QString>

#include <variant>

// The messages of one protocol. Both sides include this file; the codec reads the properties.

struct AddItem
{
    Q_GADGET
    Q_PROPERTY(QString article MEMBER article)
    Q_PROPERTY(int count MEMBER count)

public:
    QString article;
    int count = 1;
};

struct RemoveItem
{
    Q_GADGET
    Q_PROPERTY(QString article MEMBER article)

public:
    QString article;
};

struct Checkout
{
    Q_GADGET
    Q_PROPERTY(QString customer MEMBER customer)

public:
    QString customer;
};

using CartCommand = std::variant<AddItem, RemoveItem, Checkout>;
