package io.headwater.command.intake.preset;

import java.util.Currency;
import java.util.Set;

/// Money from Stripe's counting to ISO 4217 minor units. They agree but for a few currencies, for
/// example ISK: Stripe counts in hundredths, ISO has none.
///
/// source: Stripe, "Supported currencies: zero-decimal, three-decimal and special cases"
final class MinorUnits {

    private static final Set<String> STRIPE_WHOLE =
            Set.of(
                    "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND",
                    "VUV", "XAF", "XOF", "XPF");
    private static final Set<String> STRIPE_THOUSANDTHS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    private MinorUnits() {}

    /// @param currency ISO 4217, upper case; an unknown one is taken to have hundredths
    static long ofStripe(long amount, String currency) {
        int stripe =
                STRIPE_WHOLE.contains(currency) ? 0 : STRIPE_THOUSANDTHS.contains(currency) ? 3 : 2;
        long value = amount;
        for (int digits = stripe; digits < isoDigits(currency, stripe); digits++) {
            value = Math.multiplyExact(value, 10);
        }
        for (int digits = stripe; digits > isoDigits(currency, stripe); digits--) {
            value /= 10;
        }
        return value;
    }

    private static int isoDigits(String currency, int otherwise) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException unknown) {
            return otherwise;
        }
    }
}
