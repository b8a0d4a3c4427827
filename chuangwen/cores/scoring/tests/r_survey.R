# Rscript r_survey.R rows.csv: what R's package survey (Lumley) says of the designs of designs.py, one line each:
# name, estimate, standard error, degrees of freedom, Wald interval, interval on the scale of log odds, Korn and
# Graubard's interval (of plain means only).
suppressMessages(library(survey))
rows <- read.csv(commandArgs(TRUE)[1], stringsAsFactors = FALSE)
weights_of_standards <- c(s = 600, t = 400)
show <- function(...) cat(paste(ifelse(sapply(list(...), is.numeric), sprintf("%.17g", unlist(list(...))), unlist(list(...))), collapse = "\t"), "\n", sep = "")
number <- function(x) sprintf("%.17g", as.numeric(x))

for (name in unique(rows$sample)) {
  d <- rows[rows$sample == name, ]
  form <- d$form[1]
  d$valid <- d$ours == 1 & !is.na(d$s)
  if (form == "standards") d$valid <- d$ours == 1 & (!is.na(d$s) | !is.na(d$t))
  design <- svydesign(ids = ~1, strata = ~stratum, weights = ~weight, fpc = ~population, data = d)
  df <- degf(subset(design, valid & certain == 0))
  beta <- c(NA, NA)
  if (form == "mean") {
    inside <- subset(design, valid)
    total <- svymean(~s, inside)
    names(total) <- "total"
    beta <- attr(svyciprop(~s, inside, method = "beta", df = df), "ci")
  } else if (form == "types") {
    by <- svyby(~s, ~type, subset(design, valid), svymean, covmat = TRUE)
    omega <- d$omega[match(names(coef(by)), d$type)]
    total <- svycontrast(by, list(total = omega / sum(omega)))
  } else {
    # Every cell is a ratio of its own; cells of a pool are one ratio, weighted as they enter the total.
    standards <- if (form == "standards") c("s", "t") else "s"
    have <- standards[sapply(standards, function(k) any(d$ours == 1 & !is.na(d[[k]])))]
    tops <- bottoms <- character(); shares <- numeric()
    for (k in have) {
      there <- d$ours == 1 & !is.na(d[[k]])
      types <- unique(d$type[there])
      omega <- d$omega[match(types, d$type)]
      share <- weights_of_standards[k] / sum(weights_of_standards[have]) * omega / sum(omega)
      pooled <- numeric(nrow(d))
      for (i in seq_along(types)) {
        cell <- there & d$type == types[i]
        if (any(d$pool[cell] == 1)) {
          pooled[cell] <- share[i] / sum(d$weight[cell])
        } else {
          d[[paste0("x", k, i)]] <- ifelse(cell, d[[k]], 0)
          d[[paste0("y", k, i)]] <- as.numeric(cell)
          tops <- c(tops, paste0("x", k, i)); bottoms <- c(bottoms, paste0("y", k, i)); shares <- c(shares, share[i])
        }
      }
      if (any(pooled > 0)) {
        d[[paste0("x", k)]] <- ifelse(pooled > 0, d[[k]] * pooled, 0)
        d[[paste0("y", k)]] <- pooled
        tops <- c(tops, paste0("x", k)); bottoms <- c(bottoms, paste0("y", k))
        shares <- c(shares, sum(d$weight * pooled))
      }
    }
    # In a pool, the points with a value are the sample; the share of the population that was visited stays.
    for (pool in unique(d$stratum[d$pool == 1])) {
      inside <- d$stratum == pool
      d$population[inside] <- d$population[inside] / sum(inside) * sum(d$valid[inside])
    }
    d <- d[d$valid | d$pool == 0, ]
    design <- svydesign(ids = ~1, strata = ~stratum, weights = ~weight, fpc = ~population, data = d)
    estimates <- sapply(seq_along(tops), function(i) sum(d$weight * d[[tops[i]]]) / sum(d$weight * d[[bottoms[i]]]))
    # svyratio gives all pairs of top and bottom: the matching ones are kept, with their covariances
    all_ratios <- svyratio(reformulate(tops), reformulate(bottoms), design, covmat = TRUE)
    labels <- outer(tops, bottoms, paste, sep = "/")
    keep <- match(paste(tops, bottoms, sep = "/"), as.vector(labels))
    covariance <- vcov(all_ratios)[keep, keep, drop = FALSE]
    value <- sum(shares * estimates)
    variance <- as.numeric(t(shares) %*% covariance %*% shares)
    total <- structure(c(total = value), var = matrix(variance, 1, 1, dimnames = list("total", "total")), class = "svystat")
    attr(total, "statistic") <- "total"
  }
  value <- as.numeric(coef(total)); error <- as.numeric(sqrt(diag(as.matrix(vcov(total)))))
  wald <- value + qt(c(.025, .975), df) * error
  odds <- log(value / (1 - value)) + qt(c(.025, .975), df) * error / (value * (1 - value))
  if (form == "mean") odds <- qlogis(as.numeric(attr(svyciprop(~s, inside, method = "xlogit", df = df), "ci")))
  cat(paste(c(name, number(value), number(error), df, number(wald), number(plogis(odds)), number(beta)), collapse = "\t"), "\n", sep = "")
}
