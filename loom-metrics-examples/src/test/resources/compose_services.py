"""Prints what docker-compose 1.29 itself would start, one service a line, without asking Docker.

compose_services.py PROFILES [SERVICE...]: profiles by commas, and the services that the command line names.
"""
import sys

from compose.cli.command import get_config_from_options
from compose.project import Project
from docker.errors import NotFound


class NoDocker:
    def inspect_network(self, name):
        raise NotFound(name)

    inspect_volume = inspect_network


profiles = [profile for profile in sys.argv[1].split(",") if profile]
project = Project.from_config("loom", get_config_from_options(".", {}), NoDocker(), enabled_profiles=profiles)
print(*(service.name for service in project.get_services(sys.argv[2:], include_deps=True)), sep="\n")
