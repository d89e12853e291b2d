using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The rules of a price model and its parameters.</summary>
internal static class PriceValidator
{
    internal static void Validate(PriceDefinition price, string at, List<ValidationError> errors)
    {
        var model = price.Model;
        var tiered = model is PriceModel.Graduated or PriceModel.Volume or PriceModel.Stairstep
            or PriceModel.GraduatedPercentage;
        Parameter(price.Amount, model == PriceModel.Flat, at + "/amount", errors);
        Parameter(price.UnitPrice, model == PriceModel.PerUnit, at + "/unitPrice", errors);
        Parameter(price.PackageSize, model == PriceModel.Package, at + "/packageSize", errors);
        Parameter(price.PackagePrice, model == PriceModel.Package, at + "/packagePrice", errors);
        Foreign(price.FreeUnits is not null && model != PriceModel.Package, at + "/freeUnits", errors);
        Foreign(price.FirstFlatAtZero && !tiered, at + "/firstFlatAtZero", errors);
        Foreign(price.TierBounds != default && !tiered, at + "/tierBounds", errors);
        Foreign(price.Tiers is not null && !tiered, at + "/tiers", errors);
        Check.Price(price.Amount, at + "/amount", errors);
        Check.Price(price.UnitPrice, at + "/unitPrice", errors);
        Check.Price(price.PackagePrice, at + "/packagePrice", errors);
        Check.Quantity(price.PackageSize, zeroAllowed: false, at + "/packageSize", errors);
        Check.Quantity(price.FreeUnits, zeroAllowed: true, at + "/freeUnits", errors);
        if (tiered)
        {
            TierValidator.Validate(price, at + "/tiers", errors);
        }

        PercentageValidator.Validate(price, at, errors);
        MatrixValidator.Validate(price, at, errors);
    }

    internal static void Parameter<T>(T? value, bool belongs, string at, List<ValidationError> errors)
    {
        if (belongs && value is null)
        {
            errors.Add(new(at, "plan.parameter_missing", "The price model needs this value."));
        }

        Foreign(!belongs && value is not null, at, errors);
    }

    internal static void Foreign(bool present, string at, List<ValidationError> errors) => Check.Forbid(present, at,
        "plan.parameter_not_for_model",
        "The price model does not use this; leave it out or name another model.", errors);
}
