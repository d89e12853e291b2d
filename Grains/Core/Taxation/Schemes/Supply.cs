using NodaTime;
using OrleansBilling.Core.Taxation.Numbers;

namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>One line with all that the place of supply depends on.</summary>
internal sealed class Supply
{
    internal Supply(TaxRequest request, TaxableLine line, TaxPlace place)
    {
        (Seller, Buyer, Line, Place) = (request.Seller, request.Buyer, line, place);
        Day = line.TaxPoint ?? line.Supply.Last;
    }

    internal TaxSeller Seller { get; }

    internal TaxBuyer Buyer { get; }

    internal TaxableLine Line { get; }

    /// <summary>Where the line is used or delivered; the buyer's place unless the line says otherwise.</summary>
    internal TaxPlace Place { get; }

    /// <summary>The day on which registrations and certificates have to be in force.</summary>
    internal LocalDate Day { get; }

    internal string Class => Line.ProductClass;

    internal bool IsBusiness => Buyer.Kind == BuyerKind.Business;

    internal bool IsGoods => Class is TaxClasses.Goods;

    internal bool IsElectricity => Class is TaxClasses.Electricity;

    /// <summary>Telecommunications and electronic services: taxed where the buyer is, nearly everywhere.</summary>
    internal bool IsRemote => Class is TaxClasses.Telecommunications or TaxClasses.ElectronicServices;

    /// <summary>Whether the seller has a registration of one of the kinds, in force on <see cref="Day"/>.</summary>
    internal bool Registered(string jurisdiction, params ReadOnlySpan<TaxRegistrationKind> kinds)
    {
        foreach (var registration in Seller.Registrations)
        {
            if (registration.Jurisdiction == jurisdiction && kinds.Contains(registration.Kind) && registration.Covers(Day))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether the seller has a registration of a kind anywhere.</summary>
    internal bool Registered(TaxRegistrationKind kind) => Seller.Registrations.Any(r => r.Kind == kind && r.Covers(Day));

    /// <summary>The buyer's tax number where the taxation may rely on it.</summary>
    /// <param name="country">Whose number it has to be, e.g. <c>DE</c>; of Greece <c>GR</c>.</param>
    internal NumberState Number(string country)
    {
        if (string.IsNullOrWhiteSpace(Buyer.TaxNumber))
        {
            return NumberState.None;
        }
        return Buyer.TaxNumberCheck != TaxNumberCheck.Refused && TaxNumbers.Check(Buyer.TaxNumber, country).IsValid
            ? NumberState.Valid
            : NumberState.Invalid;
    }

    internal Decision NotRegistered(string jurisdiction, string what) => Decision.Hold(
        TaxHoldCodes.SellerNotRegistered,
        $"{what} is due in {jurisdiction}, and the seller has no registration there on {Day:R}. Add the registration, or state that "
        + "there is no duty to register.");

    internal Decision NotCovered(string why) => Decision.Hold(
        TaxHoldCodes.SupplyNotCovered, $"{Class} from {Seller.Place.Country} to {Place.Country}: {why}");

    internal static Decision NumberMissing(string what) => Decision.Hold(
        TaxHoldCodes.TaxNumberMissing, $"The buyer is a business without a tax number. Give its {what}, or make it a consumer.");

    internal Decision NumberInvalid(string what) => Decision.Hold(
        TaxHoldCodes.TaxNumberInvalid,
        Buyer.TaxNumberCheck == TaxNumberCheck.Refused
            ? $"The register says that the buyer's number {Buyer.TaxNumber} is not valid. Ask the buyer for its {what}."
            : $"The buyer's number {Buyer.TaxNumber} is no {what}. Correct or remove it.");
}
