"""Plausible names of sites and people. None is meant to be a real one."""

import numpy as np

from tools.sample.business import CAFE, CANTEEN, HOTEL, RESTAURANT, RETAIL, WINE_SHOP

# Segment: first parts, second parts; both are combined freely.
_PARTS: dict[str, tuple[str, str]] = {
    CAFE.name: (
        "Café, Bar, Café-bar, Le Comptoir, Brasserie, Au Zinc",
        """du Port, de la Gare, des Halles, du Marché, de la Mairie, du Théâtre, des Sports,
        du Pont, de l'Église, du Centre, des Arcades, des Amis, du Canal, de la Poste,
        des Tilleuls""",
    ),
    RESTAURANT.name: (
        "La Table, L'Auberge, Le Bistrot, Le Relais, La Cantinetta, La Ferme, Le Jardin",
        """de Margot, d'Honorine, des Remparts, du Moulin, de la Fontaine, d'Augustin, des Vignes,
        du Vieux Four, de Célestin, du Verger, de la Tour, du Bac, d'Anatole, de Léontine""",
    ),
    HOTEL.name: (
        "Hôtel, Grand Hôtel, Hôtel-restaurant, Résidence",
        """des Voyageurs, du Parc, de la Poste, Beau Rivage, des Deux Gares, du Lion Vert,
        Bellevue, de la Cathédrale, du Cheval Bai, des Glycines, du Belvédère, de l'Écu d'Or""",
    ),
    WINE_SHOP.name: (
        "La Cave, Le Cellier, Le Chai, Le Tire-Bouchon, Les Caves",
        """de Barnabé, du Bourg, des Coteaux, d'Eulalie, du Beffroi, des Sommeliers, de Firmin,
        du Vieux Pressoir, des Terroirs, de Saint-Amarin""",
    ),
    RETAIL.name: (
        "Supérette, Frais Panier, La Halle, Marché Couvert, Épicerie, Proxi-Panier",
        """Centrale, du Faubourg, des Quatre Vents, de la Rocade, du Grand Pré, des Peupliers,
        Sainte-Odile, de la Plaine, du Rond-Point""",
    ),
    CANTEEN.name: (
        "Cantine, Restaurant scolaire, Restaurant d'entreprise, Cuisine centrale",
        """Jules-Ferry, du Lycée Pasteur, des Ateliers, du Technopôle, de l'Hôpital, Les Érables,
        Marie-Curie, de la Zone Sud, du Campus""",
    ),
}
_FAMILIES = """
    Abrial, Baudry, Carlier, Delcourt, Estève, Fauvel, Garnaud, Hamelin, Izard, Jourdan, Kermarec,
    Lambelin, Marchal, Nogaret, Olivet, Pasquier, Quillien, Raimbault, Sauvage, Tessier, Urbain,
    Vasseur, Wattel, Ybert, Ziegler, Aubrac, Bellanger, Coatmeur, Dhenin, Escande, Ferrand,
    Guivarch, Houdart, Bonnefoy"""
_FIRST_NAMES = """
    Adèle, Bastien, Camille, Damien, Élise, Fabien, Gaëlle, Hugo, Inès, Jérôme, Karine, Loïc,
    Maëlys, Nadia, Olivier, Pauline, Quentin, Rachida, Sébastien, Tiphaine, Ulysse, Valérie,
    Wilfried, Xavier, Yannick, Zoé, Amandine, Benoît, Clémence, Denis, Estelle, Franck, Gwenaëlle,
    Hervé"""
_STREETS = """
    rue de la République, place du Marché, avenue de la Gare, rue des Écoles, quai du Port,
    boulevard des Alliés, rue du Four, place de l'Église, chemin des Vignes, rue de l'Abreuvoir"""
_FIRST_TRIES = 40


class SiteNames:
    """Hand out site names, none twice in the same city.

    Parameters
    ----------
    generator
        Source of randomness.
    """

    def __init__(self, generator: np.random.Generator) -> None:
        self._generator = generator
        self._taken: set[tuple[str, str]] = set()

    def draw(self, segment: str, city: str) -> str:
        """Return a new name for a site of a segment in a city."""
        for attempt in range(100):
            name = self._combine(segment)
            if attempt > _FIRST_TRIES:
                name = f"{name} {self._generator.integers(2, 100)}"
            if (name, city) not in self._taken:
                break
        self._taken.add((name, city))
        return name

    def wholesaler(self) -> str:
        """Return the name of a wholesaler."""
        return f"Boissons {self._pick(_FAMILIES)} {self._pick('Frères, & Fils, et Cie')}"

    def street(self) -> str:
        """Return street and number."""
        return f"{self._generator.integers(1, 120)} {self._pick(_STREETS)}"

    def _combine(self, segment: str) -> str:
        first, second = _PARTS[segment]
        return f"{self._pick(first)} {self._pick(second)}"

    def _pick(self, text: str) -> str:
        words = _words(text)
        return words[int(self._generator.integers(len(words)))]


def draw_people(count: int, generator: np.random.Generator) -> list[str]:
    """Return full names, no first name and no family name twice.

    Parameters
    ----------
    count
        Number of people, at most 34.
    generator
        Source of randomness.

    Returns
    -------
    list of str
        First name and family name.
    """
    firsts = generator.permutation(_words(_FIRST_NAMES))[:count]
    families = generator.permutation(_words(_FAMILIES))[:count]
    return [f"{first} {family}" for first, family in zip(firsts, families, strict=True)]


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",")]
