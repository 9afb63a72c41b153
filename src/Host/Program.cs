using System.Globalization;
using MedicalGpt.Host;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await Application.RunAsync(args);
