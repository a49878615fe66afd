// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// The headers that it is compiled with are all there is to it.
int main()
{
    return 0;
}
