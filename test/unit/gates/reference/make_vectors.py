"""Reference values for the statistics of gates, by other means than the code: exact fractions and 60-digit decimals.

Run: python3 make_vectors.py > vectors.json
"""
import json
from decimal import Decimal as D, getcontext
from fractions import Fraction as F
from math import comb

getcontext().prec = 60
PI = D("3.14159265358979323846264338327950288419716939937510582097494459")


def exp(x):
    return x.exp()


def normal_cdf(z):
    """1/2 + phi(z) * sum z^(2k+1) / (1*3*5*...(2k+1))."""
    term = total = z
    k = 1
    while abs(term) > D(10) ** -58 and k < 5000:
        term = term * z * z / (2 * k + 1)
        total += term
        k += 1
    return D("0.5") + total * exp(-z * z / 2) / (2 * PI).sqrt()


def bisect(f, target, low, high, steps=190):
    for _ in range(steps):
        middle = (low + high) / 2
        if f(middle) < target:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def normal_quantile(p):
    return bisect(normal_cdf, p, D(-12), D(12))


def atan(x):
    """By halving the argument until the series converges quickly."""
    scale = 1
    while abs(x) > D("0.01"):
        x = x / (1 + (1 + x * x).sqrt())
        scale *= 2
    term = total = x
    k = 1
    while abs(term) > D(10) ** -62:
        term = -term * x * x
        total += term / (2 * k + 1)
        k += 1
    return total * scale


def t_cdf(t, df):
    """Abramowitz and Stegun 26.7.3 and 26.7.4, for whole degrees of freedom."""
    df_d = D(df)
    theta_tan = t / df_d.sqrt()
    cos2 = 1 / (1 + theta_tan * theta_tan)
    sin = theta_tan * cos2.sqrt()
    if df % 2 == 1:
        total = D(0)
        if df > 1:
            term = cos2.sqrt()
            total = term
            for k in range(2, df - 1, 2):
                term = term * cos2 * k / (k + 1)
                total += term
        area = 2 / PI * (atan(theta_tan) + sin * total)
    else:
        term = total = D(1)
        for k in range(1, df - 1, 2):
            term = term * cos2 * k / (k + 1)
            total += term
        area = sin * total
    return (1 + area) / 2


def t_quantile(p, df):
    return bisect(lambda t: t_cdf(t, df), p, D(-2000), D(2000), 220)


def wilson(x, n, alpha):
    z = normal_quantile(1 - alpha)
    p = D(x) / n
    centre = p + z * z / (2 * n)
    spread = z * (p * (1 - p) / n + z * z / (4 * n * n)).sqrt()
    scale = 1 + z * z / n
    return (D(0) if x == 0 else (centre - spread) / scale), (D(1) if x == n else (centre + spread) / scale)


def binomial_tail_from(x, n, p):
    """P(X >= x)."""
    return sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(x, n + 1))


def clopper_pearson(x, n, alpha):
    low = D(0) if x == 0 else bisect(lambda p: binomial_tail_from(x, n, p), alpha, D(0), D(1))
    high = D(1) if x == n else bisect(lambda p: binomial_tail_from(x + 1, n, p), 1 - alpha, D(0), D(1))
    return low, high


def newcombe(a, b, c, d, alpha):
    n = a + b + c + d
    p1, p2 = D(a + b) / n, D(a + c) / n
    l1, u1 = wilson(a + b, n, alpha)
    l2, u2 = wilson(a + c, n, alpha)
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    difference = D(a * d - b * c)
    if difference > 0:
        difference = max(difference - D(n) / 2, D(0))
    phi = D(0) if margins == 0 else difference / D(margins).sqrt()
    low = ((p1 - l1) ** 2 - 2 * phi * (p1 - l1) * (u2 - p2) + (u2 - p2) ** 2).sqrt()
    high = ((u1 - p1) ** 2 - 2 * phi * (u1 - p1) * (p2 - l2) + (p2 - l2) ** 2).sqrt()
    return p1 - p2 - low, p1 - p2 + high


def mcnemar(b, c):
    n = b + c
    tail = sum(F(comb(n, k), 2**n) for k in range(0, min(b, c) + 1))
    return float(min(F(1), 2 * tail))


def mcnemar_mid(b, c):
    n = b + c
    return float(min(F(1), min(F(1), 2 * sum(F(comb(n, k), 2**n) for k in range(0, min(b, c) + 1))) - F(comb(n, min(b, c)), 2**n)))


def t_interval(values, alpha):
    n = len(values)
    values = [D(str(v)) for v in values]
    mean = sum(values) / n
    variance = sum((v - mean) ** 2 for v in values) / (n - 1)
    reach = t_quantile(1 - alpha, n - 1) * (variance / n).sqrt()
    return mean - reach, mean + reach


def pair(bounds):
    return [float(bounds[0]), float(bounds[1])]


A = [D("0.05"), D("0.025"), D("0.01")]
out = {
    "normalCdf": [[z, float(normal_cdf(D(str(z))))] for z in (-6, -3.5, -1.2, 0, 0.3, 1.96, 2.4, 2.6, 4.2)],
    "normalQuantile": [[p, float(normal_quantile(D(str(p))))] for p in (0.001, 0.025, 0.05, 0.3, 0.5, 0.8, 0.95, 0.99, 0.9999)],
    "tCdf": [[t, df, float(t_cdf(D(str(t)), df))] for t in (-3.1, -0.4, 0.7, 2.2, 6) for df in (1, 2, 5, 12, 49, 200)],
    "tQuantile": [[p, df, float(t_quantile(D(str(p)), df))] for p in (0.9, 0.95, 0.975, 0.99) for df in (1, 2, 3, 9, 19, 99)],
    "wilson": [[x, n, float(a), *pair(wilson(x, n, a))] for x, n in ((0, 20), (3, 20), (18, 20), (20, 20), (90, 100), (187, 200)) for a in A],
    "clopperPearson": [[x, n, float(a), *pair(clopper_pearson(x, n, a))] for x, n in ((0, 59), (1, 59), (3, 20), (20, 20), (95, 100)) for a in A],
    "newcombe": [[*t, float(a), *pair(newcombe(*t, a))] for t in ((80, 6, 7, 7), (43, 0, 2, 5), (95, 0, 0, 5), (20, 0, 0, 0), (10, 5, 1, 4), (0, 9, 11, 0)) for a in A[:2]],
    "mcnemar": [[b, c, mcnemar(b, c), mcnemar_mid(b, c)] for b, c in ((1, 7), (5, 5), (12, 3), (40, 22))],
    "tInterval": [[v, float(a), *pair(t_interval(v, a))] for v in ([1, 2, 3, 4, 5.5], [0.1, -0.2, 0.05, 0.4, -0.1, 0.3, 0.2]) for a in A],
}
print(json.dumps(out))
