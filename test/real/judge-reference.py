# The formulas of docs/judge.md, once more: with SciPy, from the text and not from the TypeScript.
# Reads a JSON object from standard input: {"traces": [{"settings": …, "minutes": [[n_c, x_c, n_b, x_b], …]}], "shifts": [{"x": …, "y": …}]}.
import json
import sys

import numpy as np
from scipy.special import logsumexp, xlogy
from scipy.stats import mannwhitneyu, norm, rankdata
from scipy.optimize import brentq

MULTIPLES = np.array([1.5, 2, 3, 5, 8, 13, 21, 40, 100])


def mean_of_exponents(logs):
    return float(logsumexp(logs) - np.log(len(logs)))


def share_times(n_c, n_b, ratio):
    w = n_c / (n_c + n_b)
    return w * ratio / (1 - w + w * ratio)


def odds(minutes, ratio, multiples):
    n_c, x_c, n_b, x_b = np.array(minutes, dtype=float).T
    w0 = share_times(n_c, n_b, ratio)
    return np.array([np.sum(x_c * np.log(m) - (x_c + x_b) * np.log(1 - w0 + w0 * m)) for m in multiples])


def absolute(n, x, limit, bets):
    bets = np.array(bets)[:, None]
    return np.sum(xlogy(x, bets / limit) + (n - x) * np.log((1 - bets) / (1 - limit)), axis=1)


def judged(settings, minutes):
    n_c, x_c = np.array(minutes, dtype=float).T[:2]
    ratio = settings["toleratedRatio"]
    most = settings.get("maxRatio", 2 * ratio)
    against = odds(minutes, ratio, MULTIPLES)
    fine = list(odds(minutes, most, [1 / most, 1 / np.sqrt(most)]))
    limit = settings.get("maxFailureRatio")
    if limit is not None:
        fine += list(absolute(n_c, x_c, limit, [0, limit / 4, limit / 2]))
    return {"logE": mean_of_exponents(against), "passLogE": mean_of_exponents(fine)}


def shift(x, y):
    # The interval of the shift: where the asymptotic test with ties and continuity correction has the quantile of 99 %.
    x, y = np.array(x), np.array(y)

    def z(mu):
        ranks = rankdata(np.concatenate([x - mu, y]))
        n, m = len(x), len(y)
        ties = np.sum(np.unique(ranks, return_counts=True)[1] ** 3.0 - np.unique(ranks, return_counts=True)[1])
        distance = np.sum(ranks[:n]) - n * (n + 1) / 2 - n * m / 2
        sigma = np.sqrt(n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1))))
        return (distance - np.sign(distance) / 2) / sigma

    low, high = x.min() - y.max(), x.max() - y.min()
    quantile = norm.ppf(0.99)
    return {
        "p": float(mannwhitneyu(x, y, alternative="two-sided", method="asymptotic", use_continuity=True).pvalue),
        "z": float(z(0)),
        "low": brentq(lambda mu: z(mu) - quantile, low, high, xtol=1e-12),
        "high": brentq(lambda mu: z(mu) + quantile, low, high, xtol=1e-12),
    }


given = json.load(sys.stdin)
json.dump(
    {
        "traces": [judged(one["settings"], one["minutes"]) for one in given["traces"]],
        "shifts": [shift(one["x"], one["y"]) for one in given["shifts"]],
    },
    sys.stdout,
)
